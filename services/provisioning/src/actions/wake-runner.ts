import { refusal } from '@cleanroom/kernel';
import { nextSleepAfter } from '../domain/paid-hour.js';
import { rests } from '../domain/pool.js';
import { isSupply } from '../domain/runner-state.js';
import type { Runner } from '../domain/runner.js';
import { askedByHand } from '../domain/wake-cause.js';
import { lockPoolOf } from './lock-pool-of.js';
import type { Answer, ProvisioningPorts, ProvisioningTransaction } from '../ports.js';

/** Half a minute short of the moment at which an unwanted machine of that age goes to sleep. */
const FIRST_HOUR_MS = 56.5 * 60_000;
const LONGEST_MS = 7 * 24 * 3_600_000;

/** Keeps a runner awake until an instant; without one, to the end of its paid hour. */
export async function wakeRunner(
  { transactions, now }: ProvisioningPorts,
  organizationId: string,
  id: string,
  { until, actor }: { until: Date | undefined; actor: string },
): Promise<Answer<Runner>> {
  return transactions.inOrganization(organizationId, async (tx) => {
    const pool = await lockPoolOf(tx, id);
    const runner = await tx.runners.find(id);
    if (!runner || !pool || runner.state === 'DELETED')
      return { refusals: [refusal('NOT_FOUND', 'No such runner.', 'id')] };
    if (runner.retiring || pool.deleting)
      return { refusals: [refusal('CONFLICT', 'The runner is being deleted.', 'id')] };
    if (rests(pool)) return { refusals: [refusal('CONFLICT', 'Its pool is paused.', 'id')] };
    const at = now();
    if (until && (until <= at || until.getTime() - at.getTime() > LONGEST_MS)) {
      return { refusals: [refusal('INVALID', 'A time within the next 7 days.', 'until')] };
    }
    const pinnedUntil = until ?? (await endOfPaidHour(tx, runner, at));
    const changed = await tx.runners.change(
      runner,
      { pinnedUntil, retryAt: null, ...askedByHand(actor, pinnedUntil, stays(runner)) },
      { kind: 'wake', message: `to be awake until ${pinnedUntil.toISOString()}`, actor: `user: ${actor}` },
    );
    await tx.pools.makeDue(pool.id, at);
    return { value: changed };
  });
}

const stays = ({ machineId, state, draining }: Runner): boolean =>
  machineId !== null && isSupply(state) && !draining;

/**
 * Ends just before it would pass into an hour that nobody asked to pay for: the next one, or where this one is as good
 * as over, the one after. A machine that is on its way out is not what is to be awake, but the one that follows it.
 */
async function endOfPaidHour(tx: ProvisioningTransaction, runner: Runner, now: Date): Promise<Date> {
  const machine = stays(runner) ? await tx.machines.find(runner.machineId ?? '') : undefined;
  return machine?.createdAt
    ? nextSleepAfter(machine.createdAt, now)
    : new Date(now.getTime() + FIRST_HOUR_MS);
}
