import { refusal, type Answer } from '@cleanroom/kernel';
import type { Ports } from '../ports.js';

/** Deletes a schedule that no pool follows. */
export const deleteSchedule = async (
  { transactions }: Ports,
  organizationId: string,
  id: string,
): Promise<Answer<string>> =>
  transactions.inOrganization(organizationId, async (ledger) => {
    if (!(await ledger.schedules.lock(id))) {
      return { refusals: [refusal('NOT_FOUND', 'There is no such schedule.', 'id')] };
    }
    const pools = await ledger.schedules.poolsOf(id);
    if (pools.length > 0) return { refusals: [refusal('IN_USE', 'Pools still follow this schedule.', 'id')] };
    await ledger.schedules.remove(id);
    return { value: id };
  });
