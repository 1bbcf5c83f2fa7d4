import { settingOf } from '@cleanroom/kernel';
import { faultOrder, problemsOf } from '@cleanroom/simulator-journal';
import type { Faults } from '@cleanroom/simulator-journal';
import type { FastifyInstance } from 'fastify';
import { z, ZodError } from 'zod';
import { accessTokens } from '../access-tokens.js';
import type { TokenBook } from '../access-tokens.js';
import { failStuckJobs } from '../jobs/stuck-jobs.js';
import { modesAmong } from '../operations.js';
import { addProject, projectSeed } from '../seed.js';
import { addApplication } from '../sign-in/applications.js';
import { ApiError } from '../wire/answer.js';
import type { Route } from '../wire/route.js';
import type { Workload } from '../workload.js';
import { workloadSpec } from '../workload.js';
import type { World } from '../world.js';
import { cancelJobById, queueJobFrom } from './job-control.js';
import { ledgerShown } from './ledger-shown.js';
import { ledgerFilter, ledgerView } from './ledger-view.js';
import { rename } from './rename.js';

export interface AdminParts {
  readonly world: World;
  readonly faults: Faults;
  readonly workload: Workload;
  readonly tokens: TokenBook;
  /** The operations of its API. */
  readonly routes: readonly Route[];
}

const ledgerQuery = z.strictObject({ after: z.coerce.number().int().min(0).default(0) });
const rateLimit = z.strictObject({ perMinute: z.number().int().min(0).nullable() });
const faultNumber = z.object({ number: z.coerce.number().int() });
const revocation = z.strictObject({ token: z.string() });

/** What tests and the demo do with the simulator; no real GitLab has any of it. */
export function serveAdmin(app: FastifyInstance, parts: AdminParts): void {
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof ZodError) return reply.code(400).send({ error: problemsOf(error) });
    if (error instanceof ApiError) return reply.code(error.answer.status).send(error.answer.body);
    const { statusCode = 500 } = error as { statusCode?: number };
    return reply.code(statusCode).send({ error: String(error) });
  });
  serveJobs(app, parts);
  serveWorkload(app, parts);
  serveDisturbances(app, parts);
}

function serveJobs(app: FastifyInstance, { world }: AdminParts): void {
  app.get('/ledger', (request) => ({
    now: world.clock.now().toISOString(),
    clock: settingOf(world.clock),
    ...ledgerShown(world, ledgerQuery.parse(request.query).after),
  }));
  app.get('/report', (request) => ledgerView(world, ledgerFilter.parse(request.query)));
  app.post('/jobs', (request, reply) => reply.code(201).send(queueJobFrom(world, request.body)));
  app.post('/jobs/:id/cancel', (request) => cancelJobById(world, (request.params as { id: string }).id));
  app.post('/stuck-jobs', (_request, reply) => {
    failStuckJobs(world);
    return reply.code(204).send();
  });
  app.post('/projects', (request, reply) =>
    reply.code(201).send(addProject(world, projectSeed.parse(request.body))),
  );
}

function serveWorkload(app: FastifyInstance, { workload }: AdminParts): void {
  app.get('/workload', () => ({ workload: shown(workload), statistics: workload.statistics() }));
  app.post('/workload', (request, reply) => {
    workload.start(workloadSpec.parse(request.body));
    return reply.code(201).send({ workload: shown(workload) });
  });
  app.delete('/workload', (_request, reply) => {
    workload.stop();
    return reply.code(204).send();
  });
}

/** A trace is long: of one that is played, only how many jobs it has. */
function shown(workload: Workload): object | null {
  const spec = workload.running();
  return spec && 'trace' in spec ? { ...spec, trace: spec.trace.length } : (spec ?? null);
}

function serveDisturbances(app: FastifyInstance, { world, faults, tokens, routes }: AdminParts): void {
  const fault = faultOrder(modesAmong(routes));
  app.put('/rate-limit', (request) => {
    world.rateLimit.set(rateLimit.parse(request.body).perMinute);
    return { perMinute: world.rateLimit.limit() };
  });
  app.get('/faults', () => ({ faults: faults.shown() }));
  app.post('/faults', (request, reply) =>
    reply.code(201).send({ number: faults.inject(fault.parse(request.body)) }),
  );
  app.delete('/faults/:number', (request, reply) => {
    faults.clear(faultNumber.parse(request.params).number);
    return reply.code(204).send();
  });
  app.delete('/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
  app.post('/renames', (request, reply) => {
    rename(world, tokens, request.body);
    return reply.code(204).send();
  });
  app.post('/applications', (request, reply) => reply.code(201).send(addApplication(world, request.body)));
  app.put('/tokens', (request, reply) => {
    tokens.accept(accessTokens.parse(request.body));
    return reply.code(204).send();
  });
  app.delete('/tokens', (request, reply) => {
    tokens.revoke(revocation.parse(request.body).token);
    return reply.code(204).send();
  });
}
