import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Database } from '@cleanroom/persistence';
import type { FastifyInstance } from 'fastify';
import { DATABASE, METRICS } from './injection-tokens.js';
import type { Metrics } from './metrics.js';
import { RUNNING, type Running } from './service-kit.module.js';

/**
 * Live: the process answers. Serving: its database answers, so that requests belong here. Ready: messages flow besides;
 * while they do not, a service still serves, and what it has to say waits in its outbox. Bus: whether messages flow, and
 * nothing else; the same is a metric. Metrics: for Prometheus.
 */
export function addProbes(server: FastifyInstance, app: NestFastifyApplication): void {
  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/serving', async (_, reply) => {
    const database = await answers(app.get<Database>(DATABASE));
    return reply.code(database ? 200 : 503).send({ status: database ? 'serving' : 'not serving', database });
  });
  server.get('/health/ready', async (_, reply) => {
    const database = await answers(app.get<Database>(DATABASE));
    const bus = app.get<Running>(RUNNING, { strict: false }).healthy();
    const ready = database && bus;
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', database, bus });
  });
  server.get('/health/bus', (_, reply) => {
    const bus = app.get<Running>(RUNNING, { strict: false }).healthy();
    return reply.code(bus ? 200 : 503).send({ status: bus ? 'flowing' : 'not flowing', bus });
  });
  server.get('/metrics', async (_, reply) => {
    const { registry } = app.get<Metrics>(METRICS);
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

const answers = (database: Database): Promise<boolean> =>
  database.ping().then(
    () => true,
    () => false,
  );
