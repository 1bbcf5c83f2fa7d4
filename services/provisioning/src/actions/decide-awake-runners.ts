import type { WorkLease } from '@cleanroom/kernel';
import { rests, type Pool } from '../domain/pool.js';
import { isPinned, type Runner } from '../domain/runner.js';
import { selectAwake } from '../domain/wake-selection.js';
import type { ProvisioningPorts, ProvisioningTransaction } from '../ports.js';

/** Turns the pool's number into runners that are wanted or not, and completes a pool that is on its way out. */
export async function decideAwakeRunners(
  { transactions, now }: ProvisioningPorts,
  lease: WorkLease,
): Promise<void> {
  await transactions.inOrganization(lease.organizationId, async (tx) => {
    const pool = await tx.pools.lock(lease.id);
    if (!pool || pool.deleted) return tx.finish('pool', lease, null);
    const runners = await tx.runners.ofPool(pool.id);
    if (pool.deleting && runners.length === 0) {
      await tx.pools.change(pool.id, { deleted: true });
      return tx.finish('pool', lease, null);
    }
    const at = now();
    const soldOut = await tx.pools.soldOut(pool.hetznerProjectId);
    const { wanted, missing } = selectAwake(pool, runners, soldOut, at);
    for (const runner of runners) await tell(tx, pool, runner, wanted.has(runner.id), at);
    const capacity = missing > 0 ? soldOut.map(({ until }) => until) : [];
    await tx.finish('pool', lease, nextChange(pool, runners, capacity, at));
  });
}

async function tell(
  tx: ProvisioningTransaction,
  pool: Pool,
  runner: Runner,
  wanted: boolean,
  now: Date,
): Promise<void> {
  if (runner.wanted === wanted && !rests(pool)) return;
  const pinned = isPinned(runner, now);
  const because = pinned ? (runner.wantedBecause ?? 'woken by hand') : pool.wantedBecause;
  const wantedBy = pinned ? runner.wantedBy : 'scheduling';
  const wish = wanted ? { wanted, wantedBecause: because, wantedBy } : { wanted };
  if (runner.wanted !== wanted) await tx.runners.change(runner, wish);
  await tx.runners.makeDue(runner.id, now);
}

/**
 * A pin that ends, a runner that may be tried again and capacity that may be there again change the choice without
 * anybody saying so.
 */
function nextChange(
  pool: Pool,
  runners: readonly Runner[],
  capacity: readonly Date[],
  now: Date,
): Date | null {
  const moments = [
    ...runners.flatMap(({ pinnedUntil, retryAt }) => [pinnedUntil, retryAt]),
    ...capacity,
  ].filter((at) => at !== null && at > now);
  if (pool.deleted || moments.length === 0) return null;
  return new Date(Math.min(...moments.map((at) => at?.getTime() ?? Infinity)));
}
