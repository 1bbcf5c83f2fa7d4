export type JobStatus = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELED';

/** What GitLab says of a job, at the instant at which it was asked. */
export interface JobFacts {
  readonly projectId: number;
  readonly projectPath: string;
  readonly gitlabJobId: number;
  readonly name: string;
  /** GitLab's own word, such as `pending` or `waiting_for_resource`. */
  readonly gitlabStatus: string;
  readonly tags: readonly string[];
  /** The branch or git tag that it is for. */
  readonly ref: string;
  readonly refIsTag: boolean;
  /** Whether that is protected, which has to be asked for apart; undefined where it was not. */
  readonly refProtected?: boolean;
  /** GitLab's number of the runner that took it. */
  readonly gitlabRunnerId?: number;
  readonly createdAt: Date;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
  /** Seconds that it waited, or has been waiting, for a runner. */
  readonly queuedSeconds?: number;
}

/** A CI job as this service keeps it. */
export interface Job {
  readonly id: string;
  readonly organizationId: string;
  readonly version: number;
  readonly connectionId: string;
  readonly projectId: number;
  readonly projectPath: string;
  readonly gitlabJobId: number;
  readonly name: string;
  readonly status: JobStatus;
  readonly tags: readonly string[];
  /** The branch or git tag that it is for. */
  readonly ref: string;
  /** Whether that is protected; null where nobody had to know yet. */
  readonly refProtected: boolean | null;
  /** The pool that it counts in; null where none matches. */
  readonly poolId: string | null;
  readonly gitlabRunnerId: number | null;
  readonly queuedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Canceled because GitLab does not show it any more; should it appear again, it is taken up again. */
  readonly vanished: boolean;
}

const statuses: Readonly<Record<string, JobStatus>> = {
  pending: 'QUEUED',
  running: 'RUNNING',
  canceling: 'RUNNING',
  success: 'SUCCEEDED',
  failed: 'FAILED',
  canceled: 'CANCELED',
  skipped: 'CANCELED',
};
const ranks: Readonly<Record<JobStatus, number>> = {
  QUEUED: 0,
  RUNNING: 1,
  SUCCEEDED: 2,
  FAILED: 2,
  CANCELED: 2,
};

/** Our word for GitLab's; undefined while the job is not in a queue yet (created, manual, scheduled and the like). */
export const jobStatus = (gitlabStatus: string): JobStatus | undefined => statuses[gitlabStatus];

export const isOver = (status: JobStatus): boolean => ranks[status] === 2;

/** When the job came into the queue: GitLab tells how long it waited, not since when. */
export const queuedAtOf = (facts: JobFacts, readAt: Date): Date => {
  if (facts.queuedSeconds === undefined) return facts.createdAt;
  const until = facts.startedAt ?? readAt;
  const since = until.getTime() - facts.queuedSeconds * 1000;
  return new Date(Math.max(since, facts.createdAt.getTime()));
};

/**
 * The job after these facts, or undefined where they bring nothing new. Answers may overtake each other, so a job only
 * ever moves forward: queued, running, over.
 */
export const advance = (job: Job, facts: JobFacts): Job | undefined => {
  const status = jobStatus(facts.gitlabStatus);
  if (status === undefined) return undefined;
  if (!job.vanished && (isOver(job.status) || ranks[status] < ranks[job.status])) return undefined;
  const next: Job = {
    ...job,
    status,
    projectPath: facts.projectPath,
    tags: facts.tags,
    ref: facts.ref,
    refProtected: facts.refProtected ?? job.refProtected,
    gitlabRunnerId: facts.gitlabRunnerId ?? job.gitlabRunnerId,
    startedAt: facts.startedAt ?? job.startedAt,
    finishedAt: isOver(status) ? (facts.finishedAt ?? job.finishedAt) : null,
    vanished: false,
  };
  return isDeepEqual(job, next) ? undefined : { ...next, version: job.version + 1 };
};

/** The job after GitLab said that it knows no such job. It must not keep a runner awake for ever. */
export const vanish = (job: Job, at: Date): Job | undefined =>
  isOver(job.status)
    ? undefined
    : { ...job, status: 'CANCELED', finishedAt: at, vanished: true, version: job.version + 1 };

const isDeepEqual = (a: Job, b: Job): boolean => JSON.stringify(a) === JSON.stringify(b);
