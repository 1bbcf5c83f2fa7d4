import type { JobStatus } from './job.js';

/** A runner, as far as it bears on how much a pool has to do. */
export interface DemandRunner {
  readonly id: string;
  /** As its own service last said. */
  readonly state: string;
  readonly stateSince: Date;
  /** GitLab's number of its present generation. */
  readonly gitlabRunnerId: number | null;
}

/** A job of the pool that waits or has been taken. */
export interface DemandJob {
  readonly status: JobStatus;
  readonly gitlabRunnerId: number | null;
  readonly finishedAt: Date | null;
}

/** Those of other states are asleep or on their way out: whoever chooses runners for the pool's number leaves them out, too. */
const supply: readonly string[] = ['STARTING', 'ENROLLING', 'IDLE', 'BUSY', 'CLEANING'];

/** How much of a pool is at work and how much waits. */
export interface Demand {
  readonly busy: number;
  readonly queued: number;
}

/**
 * Counts every job once. The start of a job reaches us twice, from GitLab (the job runs) and from provisioning (the
 * runner is BUSY), in either order, and each order would count wrongly for a moment:
 *
 * - the job runs but its runner is not BUSY yet: the runner counts as busy already, by the number under which GitLab
 *   knows it, so that the number does not dip and put a runner to sleep;
 * - the runner is BUSY but its job is still queued here: that runner stands for one queued job, so that the number does
 *   not jump and order a machine for a job that already has one.
 *
 * A job on a runner that is no supply counts neither as busy nor as queued: it has its machine, and needs no other.
 */
export const demandOf = (runners: readonly DemandRunner[], jobs: readonly DemandJob[]): Demand => {
  const running = new Set(numbersOf(jobs.filter(({ status }) => status === 'RUNNING')));
  const atWork = (runner: DemandRunner): boolean =>
    runner.gitlabRunnerId !== null && running.has(runner.gitlabRunnerId);
  const busy = runners.filter(
    (runner) => supply.includes(runner.state) && (runner.state === 'BUSY' || atWork(runner)),
  );
  const unexplained = busy.filter((runner) => !atWork(runner) && !hasJustFinished(runner, jobs));
  const queued = jobs.filter(({ status }) => status === 'QUEUED').length;
  return { busy: busy.length, queued: Math.max(0, queued - unexplained.length) };
};

/** BUSY because of a job that is over by now: the news of its end came before the runner's. It hides no queued job. */
const hasJustFinished = (runner: DemandRunner, jobs: readonly DemandJob[]): boolean =>
  jobs.some(
    ({ gitlabRunnerId, finishedAt }) =>
      gitlabRunnerId !== null &&
      gitlabRunnerId === runner.gitlabRunnerId &&
      finishedAt !== null &&
      finishedAt >= runner.stateSince,
  );

const numbersOf = (jobs: readonly DemandJob[]): number[] =>
  jobs.flatMap(({ gitlabRunnerId }) => (gitlabRunnerId === null ? [] : [gitlabRunnerId]));
