import { demandOf } from '../domain/demand.js';
import { warmAhead } from '../domain/pre-warm.js';
import type { Warmth } from '../domain/schedule.js';
import { expectedTimeToReady } from '../domain/time-to-ready.js';
import { wantedNow, type Situation } from '../domain/wanted.js';
import type { Decision, Ledger, Pool } from '../ledger-port.js';
import type { Connection } from '../ports.js';

const withoutSchedule = { warm: 0, because: 'no schedule', next: null };

/**
 * Decides how many runners these pools keep awake now. It is told nothing: each time it counts anew what is known, so
 * it does no harm to run it too often. Pools are taken in the order of their ids, so that two never wait for each other.
 */
export const decideCapacity = async (
  ledger: Ledger,
  poolIds: Iterable<string | null>,
  now: Date,
): Promise<void> => {
  const ids = [...new Set(poolIds)].filter((id) => id !== null).sort();
  for (const id of ids) await decidePool(ledger, id, now);
};

/**
 * The same for one pool.
 *
 * @returns when its schedule has to be looked at again; null where it follows none
 */
export const decidePool = async (ledger: Ledger, poolId: string, now: Date): Promise<Date | null> => {
  const known = await ledger.pools.find(poolId);
  // Its runners may be heard of before the pool itself.
  if (!known) return null;
  const before = await ledger.decisions.lock(known.id, known.organizationId);
  // All that is counted is read behind the lock: whoever held it before may have changed the pool.
  const pool = (await ledger.pools.find(poolId)) ?? known;
  const schedule =
    before.scheduleId === null ? undefined : await ledger.schedules.rules(before.scheduleId, now);
  const lead = expectedTimeToReady('ORDER', await ledger.readiness.of(poolId));
  const outlook = schedule ? warmAhead(schedule, now, lead) : withoutSchedule;
  const situation = await situationOf(ledger, pool, outlook);
  const decided = wantedNow(situation);
  const { busy, warm, queued } = situation;
  const news = before.version === 0 || decided.wanted !== before.wanted || decided.because !== before.because;
  const counted: Decision = { ...before, ...decided, busy, warm, queued };
  const after = news ? { ...counted, version: before.version + 1, decidedAt: now } : counted;
  await ledger.decisions.save(after, outlook.next);
  if (news) await ledger.events.capacityDecided(after);
  return outlook.next;
};

async function situationOf(ledger: Ledger, pool: Pool, warmth: Warmth): Promise<Situation> {
  const runners = await ledger.runners.of(pool.id);
  const demand = demandOf(runners, await ledger.jobs.demandOf(pool));
  const closed = closedOf(pool, await ledger.connections.find(pool.connectionId));
  return { ...demand, size: pool.size, ...warmth, warmBecause: warmth.because, ...(closed && { closed }) };
}

const closedOf = (pool: Pool, connection: Connection | undefined): Situation['closed'] => {
  if (pool.deleted) return 'deleted';
  if (pool.deleting) return 'deleting';
  // It may have been disconnected while news of a pool that uses it were still on their way.
  if (connection?.deleted) return 'disconnected';
  return pool.paused ? 'paused' : undefined;
};
