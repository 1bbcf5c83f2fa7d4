import type { Ledger, Pool } from '../ledger-port.js';
import { decideCapacity } from './decide-capacity.js';
import { rematchJobs } from './rematch-jobs.js';

/** Takes up what provisioning said of a pool; stale news changes nothing. */
export const followPool = async (ledger: Ledger, pool: Pool, now: Date): Promise<void> => {
  const known = await ledger.pools.find(pool.id);
  if (known && known.version >= pool.version) return;
  await ledger.pools.save({ ...pool, scopePath: pathOf(pool, known) });
  const affected = await rematchJobs(ledger, pool.connectionId, now);
  if (pool.deleted) await releaseSchedule(ledger, pool);
  await decideCapacity(ledger, [...affected, pool.id], now);
  // Its scope may hold projects that nobody polls yet.
  await ledger.work.due('gitlab_connection', pool.connectionId, now);
  if (pool.protectedRefsOnly && !known?.protectedRefsOnly) await pollAll(ledger, pool.connectionId, now);
};

/** Provisioning knows the path that was written when the pool was made; the group may have been renamed since. */
const pathOf = (pool: Pool, known: Pool | undefined): string =>
  known?.scopeKind === pool.scopeKind && known.scopeId === pool.scopeId ? known.scopePath : pool.scopePath;

/** So far nobody had to ask whether the refs of the jobs that wait are protected. */
async function pollAll(ledger: Ledger, connectionId: string, now: Date): Promise<void> {
  for (const project of await ledger.projects.of(connectionId)) {
    await ledger.work.due('gitlab_project', `${connectionId}:${project.id}`, now);
  }
}

/** A pool that is gone must not keep a schedule in use. */
async function releaseSchedule(ledger: Ledger, pool: Pool): Promise<void> {
  const decision = await ledger.decisions.lock(pool.id, pool.organizationId);
  await ledger.decisions.save({ ...decision, scheduleId: null }, null);
}
