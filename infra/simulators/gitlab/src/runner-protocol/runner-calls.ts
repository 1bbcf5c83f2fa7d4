import { z } from 'zod';
import type { Job, Manager, Runner } from '../model.js';
import { forbidden, invalidParameters } from '../wire/answer.js';
import { leftOutGroup } from '../wire/left-out-group.js';
import { leftOut } from '../wire/left-out.js';
import type { ApiRequest } from '../wire/route.js';
import { hashOf, nextId, timestamp } from '../world.js';
import type { World } from '../world.js';

const text = leftOut(z.string()).transform((given) => given ?? '');
const runnerCall = z.object({
  token: leftOut(z.string()),
  system_id: leftOut(z.string()),
  info: leftOutGroup({ version: text, revision: text, platform: text, architecture: text }),
});

/** What a runner says of itself with every call. */
export type RunnerCall = z.output<typeof runnerCall>;

/** GitLab writes a runner's contact down so rarely. */
const CONTACT_PERIOD_MS = 40 * 60_000;
const UNKNOWN_SYSTEM = '<legacy>';

/** @throws ApiError 400 */
export function readRunnerCall({ body, headers }: ApiRequest): RunnerCall {
  const parsed = runnerCall.safeParse(body);
  if (!parsed.success) throw invalidParameters('the request is not one of a runner');
  return { ...parsed.data, token: parsed.data.token ?? [headers['runner-token']].flat()[0] };
}

/** The runner of an authentication token. @throws ApiError 403, also for a deleted one; 400 where it is missing */
export function authenticateRunner({ state }: World, { token }: RunnerCall): Runner {
  if (token === undefined) throw invalidParameters('token is missing');
  const hash = hashOf(token);
  const runner = state.runners.find(({ tokenHash }) => tokenHash === hash);
  if (!runner) throw forbidden();
  return runner;
}

/** Notes that a runner's machine is there; the first call of each is a fact for the ledger. */
export function noteContact(world: World, runner: Runner, call: RunnerCall, sourceAddress: string): Manager {
  const systemId = call.system_id ?? UNKNOWN_SYSTEM;
  const now = timestamp(world);
  const known = world.state.managers.find((one) => one.runnerId === runner.id && one.systemId === systemId);
  const manager = known ?? addManager(world, runner, systemId, now, sourceAddress, call.info.revision);
  Object.assign(manager, call.info, { contactedAt: now, ipAddress: sourceAddress });
  const last = runner.contactedAt === null ? -Infinity : Date.parse(runner.contactedAt);
  if (Date.parse(now) - last >= CONTACT_PERIOD_MS) {
    runner.contactedAt = now;
    world.changed();
  }
  return manager;
}

/** The job of a job's token. @throws ApiError 403, with its status where it is over */
export function authenticateJob({ state }: World, { params, body, headers }: ApiRequest): Job {
  const given = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
  const token = typeof given === 'string' ? given : [headers['job-token']].flat()[0];
  const job = state.jobs.find(({ id }) => String(id) === params.id);
  if (!job || token === undefined || job.tokenHash !== hashOf(token)) throw forbidden();
  if (job.status !== 'running' && job.status !== 'canceling') {
    throw forbidden('Job is not running', { 'job-status': job.status });
  }
  return job;
}

function addManager(
  world: World,
  runner: Runner,
  systemId: string,
  now: string,
  sourceAddress: string,
  revision: string,
): Manager {
  const blank = { version: '', revision: '', platform: '', architecture: '' };
  const id = nextId(world, 'manager');
  const manager = {
    id,
    runnerId: runner.id,
    systemId,
    ...blank,
    ipAddress: sourceAddress,
    createdAt: now,
    contactedAt: now,
  };
  world.state.managers.push(manager);
  world.ledger.append({ type: 'runner-contacted', runnerId: runner.id, systemId, revision, sourceAddress });
  world.changed();
  return manager;
}
