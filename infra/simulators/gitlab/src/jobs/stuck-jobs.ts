import type { Job } from '../model.js';
import { isOnline } from '../runner-status.js';
import type { World } from '../world.js';
import { finishJob, fits } from './job-life.js';

const HOUR = 3_600_000;
/** A running job without a sign of life for so long is given up: its machine, or its runner, is gone. */
const RUNNING_SILENT = HOUR;
/** A pending job that no runner in contact could take is given up after so long. */
const PENDING_WITHOUT_RUNNER = HOUR;
const PENDING_AT_ALL = 24 * HOUR;

/**
 * Fails the jobs that GitLab calls stuck. Deleting a runner does not touch its running job: the job's own token stays
 * good, so a living machine finishes it; only silence ends it here.
 */
export function failStuckJobs(world: World): void {
  const now = world.clock.now().getTime();
  for (const job of [...world.state.jobs]) {
    const reason = stuckReason(world, job, now);
    if (reason) finishJob(world, job, { status: 'failed', failureReason: reason });
  }
}

/** Looks for stuck jobs at each full hour of the clock, as GitLab's worker does. Returns what ends it. */
export function watchStuckJobs(world: World): () => void {
  const hourNow = (): number => Math.floor(world.clock.now().getTime() / HOUR);
  let seen = hourNow();
  const timer = setInterval(() => {
    if (hourNow() === seen) return;
    seen = hourNow();
    failStuckJobs(world);
  }, 1_000);
  return () => clearInterval(timer);
}

function stuckReason(world: World, job: Job, now: number): string | undefined {
  const silent = now - Date.parse(job.updatedAt);
  if (job.status === 'running' || job.status === 'canceling') {
    return silent > RUNNING_SILENT ? 'stuck_or_timeout_failure' : undefined;
  }
  if (job.status !== 'pending') return undefined;
  if (silent > PENDING_AT_ALL) return 'stuck_pending_with_matching_runners';
  return silent > PENDING_WITHOUT_RUNNER && !hasRunner(world, job, now)
    ? 'stuck_pending_no_matching_runners'
    : undefined;
}

function hasRunner(world: World, job: Job, now: number): boolean {
  const project = world.state.projects.find(({ id }) => id === job.projectId);
  if (!project) return false;
  return world.state.runners.some(
    (runner) => isOnline(runner, now) === true && fits(world, runner, job, project),
  );
}
