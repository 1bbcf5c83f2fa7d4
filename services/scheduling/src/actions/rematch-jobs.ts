import { matchPool } from '../domain/job-matching.js';
import type { Ledger } from '../ledger-port.js';

/**
 * Finds the pool of every queued job of a connection again, after its pools have changed.
 *
 * @returns the pools that lost or gained a job
 */
export const rematchJobs = async (ledger: Ledger, connectionId: string, now: Date): Promise<string[]> => {
  const pools = await ledger.pools.of(connectionId);
  const affected = new Set<string | null>();
  for (const job of await ledger.jobs.lockQueued(connectionId)) {
    const poolId = matchPool(job, pools)?.id ?? null;
    if (poolId === job.poolId) continue;
    const moved = { ...job, poolId, version: job.version + 1 };
    await ledger.jobs.update(moved);
    await ledger.events.jobChanged(moved, now);
    affected.add(job.poolId).add(poolId);
  }
  return [...affected].filter((id) => id !== null);
};
