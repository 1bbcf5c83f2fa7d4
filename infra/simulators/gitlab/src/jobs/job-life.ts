import { randomUUID } from 'node:crypto';
import type { Job, Manager, Project, Runner } from '../model.js';
import { hashOf, newToken, nextId, timestamp } from '../world.js';
import type { World } from '../world.js';
import type { JobDefinition } from './job-definition.js';
import { mayTake } from './matching.js';

const FINISHED_JOBS_KEPT = 2_000;

export interface NewJob {
  readonly name: string;
  readonly tags: readonly string[];
  readonly ref: string;
  readonly isGitTag: boolean;
  /** Lines of shell. */
  readonly script: readonly string[];
  readonly idTokens?: Record<string, string[]>;
  readonly definition?: JobDefinition;
  /** The job whose next try it is. @default it is the first */
  readonly retryOf?: Job;
}

/** Puts a job into the queue, and makes the runners that may take it look again. */
export function queueJob(world: World, project: Project, input: NewJob): Job {
  const { name, tags, ref, isGitTag, script, idTokens, definition, retryOf } = input;
  const now = timestamp(world);
  const job: Job = {
    ...{ id: nextId(world, 'job', 1001), projectId: project.id },
    pipelineId: retryOf?.pipelineId ?? nextId(world, 'pipeline', 101),
    ...{
      name,
      stage: 'test',
      tags: [...tags],
      ref,
      isGitTag,
      protected: project.protectedRefs.includes(ref),
    },
    ...{ script: [...script], status: 'pending', failureReason: null, createdAt: now, updatedAt: now },
    ...{ startedAt: null, finishedAt: null, runnerId: null, managerId: null, tokenHash: null },
    ...{ cancelsGracefully: false, traceSize: 0, traceChecksum: 0 },
    ...(idTokens ? { idTokens } : {}),
    ...(definition ? { definition } : {}),
    ...(retryOf ? { retries: (retryOf.retries ?? 0) + 1 } : {}),
  };
  world.state.jobs.push(job);
  for (const runner of world.state.runners) if (fits(world, runner, job, project)) tickQueue(world, runner);
  const facts = { jobId: job.id, project: project.fullPath, name, tags, ref, script };
  world.ledger.append({ type: 'job-queued', ...facts, protected: job.protected });
  tell(world, job);
  return job;
}

/** The oldest pending job that this runner may take. */
export function nextJobFor(world: World, runner: Runner): Job | undefined {
  return world.state.jobs.find((job) => {
    if (job.status !== 'pending') return false;
    const project = world.state.projects.find(({ id }) => id === job.projectId);
    return project !== undefined && fits(world, runner, job, project);
  });
}

/** Gives the job to a runner's machine. Returns the job's token. */
export function startJob(world: World, job: Job, manager: Manager, cancelsGracefully: boolean): string {
  const token = newToken('glcbt-');
  const now = timestamp(world);
  Object.assign(job, {
    status: 'running',
    startedAt: now,
    updatedAt: now,
    tokenHash: hashOf(token),
    cancelsGracefully,
  });
  Object.assign(job, { runnerId: manager.runnerId, managerId: manager.id });
  const { runnerId, systemId, ipAddress: sourceAddress } = manager;
  world.ledger.append({ type: 'job-picked', jobId: job.id, runnerId, systemId, sourceAddress });
  tell(world, job);
  return token;
}

export interface JobEnd {
  readonly status: 'success' | 'failed' | 'canceled';
  readonly failureReason?: string | null;
  readonly traceComplete?: boolean | null;
}

/** Ends a job, whoever ends it. */
export function finishJob(
  world: World,
  job: Job,
  { status, failureReason = null, traceComplete = null }: JobEnd,
): void {
  const now = timestamp(world);
  Object.assign(job, { status, failureReason, finishedAt: now, updatedAt: now });
  world.ledger.append({ type: 'job-finished', jobId: job.id, status, failureReason, traceComplete });
  tell(world, job);
  forgetOldJobs(world);
}

/**
 * What a person's click on "Cancel" does. False where there is nothing to cancel.
 *
 * @param isForced also ends a job whose machine was told and has not answered
 */
export function cancelJob(world: World, job: Job, isForced = false): boolean {
  if (job.status === 'canceling' && isForced) {
    finishJob(world, job, { status: 'canceled' });
    return true;
  }
  if (job.status === 'running' && job.cancelsGracefully) {
    job.status = 'canceling';
    tell(world, job);
    return true;
  }
  if (job.status !== 'pending' && job.status !== 'running') return false;
  finishJob(world, job, { status: 'canceled' });
  return true;
}

/** Makes a runner's next question be looked at afresh. */
export function tickQueue({ bell }: World, runner: Runner): void {
  runner.queueValue = randomUUID();
  bell.ring(runner.id);
}

export const fits = ({ state }: World, runner: Runner, job: Job, project: Project): boolean =>
  mayTake(runner, job, project, state.groups);

/** The ledger remembers every job; GitLab's own list need not grow for ever. */
function forgetOldJobs({ state, traces }: World): void {
  if (state.jobs.length <= 2 * FINISHED_JOBS_KEPT) return;
  const over = state.jobs.filter(({ finishedAt }) => finishedAt !== null);
  const forgotten = new Set(over.slice(0, state.jobs.length - FINISHED_JOBS_KEPT).map(({ id }) => id));
  state.jobs = state.jobs.filter(({ id }) => !forgotten.has(id));
  for (const id of forgotten) traces.forget(id);
}

function tell(world: World, job: Job): void {
  world.changed();
  world.log.info({ job: job.id, status: job.status, runner: job.runnerId }, 'job changed');
  world.announce(job);
}
