import { advance, isOver, jobStatus, queuedAtOf, vanish, type Job, type JobFacts } from '../domain/job.js';
import { covers, matchPool } from '../domain/job-matching.js';
import type { Ledger } from '../ledger-port.js';
import type { Connection, Ports } from '../ports.js';

/** Pools whose demand may have changed. */
type Affected = (string | null)[];

/**
 * Takes up what GitLab said of a job. Told twice, or late, it changes nothing.
 *
 * @param readAt when GitLab was asked
 * @returns the pools whose capacity has to be decided anew
 */
export const absorbJob = async (
  { newId }: Pick<Ports, 'newId'>,
  ledger: Ledger,
  connection: Connection,
  facts: JobFacts,
  readAt: Date,
): Promise<Affected> => {
  const known = await ledger.jobs.lock(connection.id, facts.projectId, facts.gitlabJobId);
  if (known) return changeJob(ledger, known, advance(known, facts) ?? known, readAt);
  const job = await newJob(ledger, connection, facts, readAt, newId('job', readAt));
  if (!job) return [];
  if (await ledger.jobs.insert(job)) {
    await ledger.events.jobChanged(job, readAt);
    return [job.poolId];
  }
  // Another worker has inserted it since we looked; what it knows may be older than what we know.
  const other = await ledger.jobs.lock(connection.id, facts.projectId, facts.gitlabJobId);
  return other ? changeJob(ledger, other, advance(other, facts) ?? other, readAt) : [];
};

/** Takes up that GitLab knows no such job any more. */
export const absorbAbsence = async (ledger: Ledger, job: Job, readAt: Date): Promise<Affected> => {
  const known = await ledger.jobs.lock(job.connectionId, job.projectId, job.gitlabJobId);
  // It has moved on since it was missed: then it was not gone.
  if (!known || known.version !== job.version) return [];
  return changeJob(ledger, known, vanish(known, readAt) ?? known, readAt);
};

// A job that stays as it is may still have to move: its pool can have changed while it was being taken up.
async function changeJob(ledger: Ledger, before: Job, after: Job, at: Date): Promise<Affected> {
  const poolId = await poolOf(ledger, after);
  if (after === before && poolId === before.poolId) return [];
  const job = { ...after, poolId, version: before.version + 1 };
  await ledger.jobs.update(job);
  await ledger.events.jobChanged(job, at);
  return [before.poolId, job.poolId];
}

/** A job that waits, or that one of our runners took, in the scope of some pool; all others are none of our business. */
async function newJob(
  ledger: Ledger,
  connection: Connection,
  facts: JobFacts,
  readAt: Date,
  id: string,
): Promise<Job | undefined> {
  const status = jobStatus(facts.gitlabStatus);
  if (!status) return undefined;
  const { projectId, projectPath, gitlabJobId, name, tags, ref } = facts;
  const job: Job = {
    id,
    organizationId: connection.organizationId,
    version: 1,
    connectionId: connection.id,
    ...{ projectId, projectPath, gitlabJobId, name, tags, ref, status },
    refProtected: facts.refProtected ?? null,
    poolId: null,
    gitlabRunnerId: facts.gitlabRunnerId ?? null,
    queuedAt: queuedAtOf(facts, readAt),
    startedAt: facts.startedAt ?? null,
    finishedAt: isOver(status) ? (facts.finishedAt ?? null) : null,
    vanished: false,
  };
  const pools = await ledger.pools.of(connection.id);
  if (status === 'QUEUED' && !pools.some((pool) => covers(pool, job))) return undefined;
  const poolId = await poolOf(ledger, job);
  return status === 'QUEUED' || poolId !== null ? { ...job, poolId } : undefined;
}

/** A queued job counts in the first pool that matches; a job that was taken belongs to the pool of its runner. */
async function poolOf(ledger: Ledger, job: Job): Promise<string | null> {
  if (isOver(job.status) && job.poolId !== null) return job.poolId;
  if (job.status === 'QUEUED') return matchPool(job, await ledger.pools.of(job.connectionId))?.id ?? null;
  if (job.gitlabRunnerId === null) return job.poolId;
  const taker = await ledger.runners.takerOf(job.connectionId, job.gitlabRunnerId);
  return taker?.poolId ?? job.poolId;
}
