import { refusal, type Answer } from '@cleanroom/kernel';
import { MOST_OVERRIDES, overrideRefusals, type OverrideDraft } from '../domain/refusals.js';
import type { Schedule } from '../domain/schedule.js';
import type { Ports } from '../ports.js';
import { decideCapacity } from './decide-capacity.js';

/** Gives a schedule a number of its own for a while, at once where that while has begun. */
export const overrideSchedule = async (
  { transactions, clock, newId }: Ports,
  organizationId: string,
  scheduleId: string,
  draft: OverrideDraft,
): Promise<Answer<Schedule>> =>
  transactions.inOrganization(organizationId, async (ledger) => {
    const schedule = await ledger.schedules.lock(scheduleId);
    if (!schedule) return { refusals: [refusal('NOT_FOUND', 'There is no such schedule.', 'scheduleId')] };
    const now = clock.now();
    const refusals = overrideRefusals(draft, now);
    if (refusals.length > 0) return { refusals };
    if (schedule.overrides.filter(({ to }) => to > now).length >= MOST_OVERRIDES) {
      return {
        refusals: [
          refusal('LIMIT_EXCEEDED', `A schedule has at most ${MOST_OVERRIDES} overrides.`, 'scheduleId'),
        ],
      };
    }
    const override = { id: newId('override', now), ...draft, reason: draft.reason.trim() };
    await ledger.schedules.addOverride(scheduleId, override);
    await decideCapacity(ledger, await ledger.schedules.poolsOf(scheduleId), now);
    return { value: { ...schedule, overrides: [...schedule.overrides, override] } };
  });

/** Takes an override away; its schedule's windows count again at once. */
export const removeOverride = async (
  { transactions, clock }: Ports,
  organizationId: string,
  id: string,
): Promise<Answer<Schedule>> =>
  transactions.inOrganization(organizationId, async (ledger) => {
    const scheduleId = await ledger.schedules.removeOverride(id);
    const schedule = scheduleId === undefined ? undefined : await ledger.schedules.lock(scheduleId);
    if (!schedule) return { refusals: [refusal('NOT_FOUND', 'There is no such override.', 'id')] };
    await decideCapacity(ledger, await ledger.schedules.poolsOf(schedule.id), clock.now());
    return { value: schedule };
  });
