import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultRule, Faults } from '../faults.js';
import type { World } from '../world.js';

declare module 'fastify' {
  interface FastifyRequest {
    fault: FaultRule | null;
  }
}

/** By status: where an answer says when to come again. */
const waitHeaders: Partial<Record<number, string>> = {
  202: 'x-gitlab-trace-update-interval',
  412: 'x-gitlab-trace-update-interval',
  429: 'retry-after',
  503: 'retry-after',
};

/** What stands before GitLab answers with no JSON where GitLab is away. */
const pageOfProxy = (status: number): string =>
  `<html><head><title>${status}</title></head><body>GitLab is not responding</body></html>`;

/** Injects the faults that were asked for, and writes every API call into the ledger. */
export function disturb(app: FastifyInstance, world: World, faults: Faults): void {
  app.decorateRequest('fault', null);
  app.decorateRequest('callerName', null);
  // Not before the body has been read: a caller who gives up must not keep a delayed call from being carried out.
  app.addHook('preHandler', async (request, reply) => {
    const { operation } = request.routeOptions.config;
    if (!operation) return undefined;
    request.fault = faults.hit({ method: request.method, path: pathOf(request), operation }) ?? null;
    return before(world, request, reply);
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    if (!request.routeOptions.config.operation) return done(null, payload);
    record(world, request, reply.statusCode);
    // Not calling `done` keeps Fastify from answering on a connection that is no more.
    if (request.fault?.kind === 'lose-answer') return void request.socket.destroy();
    if (request.fault?.kind === 'truncate') return truncate(request, reply, payload);
    return done(null, payload);
  });
}

async function before(world: World, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { fault } = request;
  if (fault?.kind === 'delay') await pause(fault.delayMs);
  if (fault?.kind === 'fail') {
    const header = waitHeaders[fault.status];
    if (header) void reply.header(header, String(fault.retryAfterSeconds));
    return fault.body === 'raw'
      ? reply.code(fault.status).type('text/html').send(pageOfProxy(fault.status))
      : reply.code(fault.status).send({ message: `${fault.status} injected` });
  }
  if (fault?.kind !== 'reset') return undefined;
  record(world, request, null);
  reply.hijack();
  request.socket.destroy();
  return reply;
}

function truncate(request: FastifyRequest, reply: FastifyReply, payload: unknown): void {
  const bytes = Buffer.from(typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : '');
  const headers = { 'content-type': 'application/json', 'content-length': String(bytes.length + 1) };
  reply.raw.writeHead(reply.statusCode, headers);
  reply.raw.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
}

function record(world: World, request: FastifyRequest, status: number | null): void {
  const { operation = '' } = request.routeOptions.config;
  if (operation === 'request_job' && status === 204 && !request.fault) {
    world.ledger.idlePolls += 1;
    return;
  }
  const facts = {
    operation,
    method: request.method,
    path: pathOf(request),
    status,
    caller: request.callerName,
  };
  const fault = request.fault ? { fault: request.fault.kind } : {};
  const sourceAddress = request.socket.remoteAddress ?? '';
  world.ledger.append({ type: 'api-call', ...facts, sourceAddress, ...fault });
  world.log.debug(facts, 'call');
}

const pathOf = ({ url }: FastifyRequest): string => (url.split('?')[0] ?? '').replace(/^\/api\/v4/, '');
