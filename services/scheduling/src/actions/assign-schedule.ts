import { refusal, type Answer, type Refusal } from '@cleanroom/kernel';
import type { Schedule } from '../domain/schedule.js';
import type { Ports } from '../ports.js';
import { decideCapacity } from './decide-capacity.js';

const NO_POOL = refusal('NOT_FOUND', 'There is no such pool.', 'poolId');

/**
 * Makes a pool follow a schedule, instead of the one it followed; without a schedule it follows none. Done twice it
 * changes nothing.
 */
export const assignSchedule = async (
  { transactions, clock }: Ports,
  organizationId: string,
  poolId: string,
  scheduleId: string | null,
): Promise<Answer<Schedule | null>> =>
  transactions.inOrganization(organizationId, async (ledger) => {
    const schedule = scheduleId === null ? null : await ledger.schedules.lock(scheduleId);
    const pool = await ledger.pools.find(poolId);
    const refusals: Refusal[] = [];
    if (schedule === undefined)
      refusals.push(refusal('NOT_FOUND', 'There is no such schedule.', 'scheduleId'));
    if (!pool || pool.deleted) refusals.push(NO_POOL);
    if (schedule === undefined || !pool || refusals.length > 0) return { refusals };
    const decision = await ledger.decisions.lock(pool.id, organizationId);
    // Its end may have been heard of meanwhile: nobody would take the schedule away from it again.
    if ((await ledger.pools.find(pool.id))?.deleted) return { refusals: [NO_POOL] };
    await ledger.decisions.save({ ...decision, scheduleId: schedule?.id ?? null }, null);
    await decideCapacity(ledger, [pool.id], clock.now());
    return { value: schedule };
  });
