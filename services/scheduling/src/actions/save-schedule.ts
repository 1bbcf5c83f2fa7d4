import { refusal, type Answer, type Refusal } from '@cleanroom/kernel';
import { scheduleRefusals, windowsOf, type ScheduleDraft } from '../domain/refusals.js';
import type { Schedule } from '../domain/schedule.js';
import type { Ports, PublicHolidays } from '../ports.js';
import { decideCapacity } from './decide-capacity.js';

/** Keeps a new schedule; it does nothing until it is assigned. */
export const createSchedule = async (
  { transactions, clock, newId, holidays }: Ports,
  organizationId: string,
  draft: ScheduleDraft,
): Promise<Answer<Schedule>> => {
  const rules = await check(holidays, draft);
  if ('refusals' in rules) return rules;
  const createdAt = clock.now();
  const schedule: Schedule = {
    id: newId('schedule', createdAt),
    organizationId,
    ...rules.value,
    overrides: [],
    createdAt,
  };
  return transactions.inOrganization(organizationId, async ({ schedules }) => {
    if (await schedules.findByName(schedule.name)) return { refusals: [nameTaken(schedule)] };
    await schedules.save(schedule);
    return { value: schedule };
  });
};

/** Replaces the rules of a schedule, at once for the pools that follow it; its overrides stay. */
export const updateSchedule = async (
  { transactions, clock, holidays }: Ports,
  organizationId: string,
  id: string,
  draft: ScheduleDraft,
): Promise<Answer<Schedule>> =>
  transactions.inOrganization(organizationId, async (ledger) => {
    const known = await ledger.schedules.lock(id);
    if (!known) return { refusals: [refusal('NOT_FOUND', 'There is no such schedule.', 'id')] };
    const rules = await check(holidays, draft);
    if ('refusals' in rules) return rules;
    const schedule = { ...known, ...rules.value };
    const namesake = await ledger.schedules.findByName(schedule.name);
    if (namesake && namesake.id !== id) return { refusals: [nameTaken(schedule)] };
    await ledger.schedules.save(schedule);
    await decideCapacity(ledger, await ledger.schedules.poolsOf(id), clock.now());
    return { value: schedule };
  });

const nameTaken = ({ name }: Pick<Schedule, 'name'>): Refusal =>
  refusal('ALREADY_EXISTS', `A schedule named "${name}" exists.`, 'input', 'name');

type Rules = Pick<Schedule, 'name' | 'timeZone' | 'windows' | 'holidays' | 'holidayCountry'>;

async function check(calendar: PublicHolidays, draft: ScheduleDraft): Promise<Answer<Rules>> {
  const { holidayCountry: code } = draft;
  const country = code === null ? null : await calendar.find(code);
  const unknown = refusal(
    'INVALID',
    'This is no country whose holidays are known.',
    'input',
    'holidayCountry',
  );
  const refusals = [...scheduleRefusals(draft), ...(country === undefined ? [unknown] : [])];
  if (country === undefined || refusals.length > 0) return { refusals };
  return {
    value: {
      name: draft.name.trim(),
      timeZone: draft.timeZone,
      windows: windowsOf(draft.windows),
      holidays: draft.holidays.map(({ date, name }) => ({ date, name: name.trim() })),
      holidayCountry: country,
    },
  };
}
