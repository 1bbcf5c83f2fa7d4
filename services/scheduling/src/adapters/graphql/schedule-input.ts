import { parseInstant, refusal, type Refusal } from '@cleanroom/kernel';
import type { ScheduleDraft } from '../../domain/refusals.js';
import type { Schedule } from '../../domain/schedule.js';
import type { ScheduleInput } from './generated/types.js';

/** What is asked for; the schema fills in the holidays where none are named. */
export const draftOf = (input: ScheduleInput): ScheduleDraft => ({
  ...input,
  holidays: input.holidays ?? [],
  holidayCountry: input.holidayCountry ?? null,
});

export interface SchedulePayload {
  readonly schedule: Schedule | null;
  readonly userErrors: readonly Refusal[];
}

/** A `DateTime` as a date; a refusal where it is none. */
export const instantIn = (value: unknown, path: string): Date | Refusal => {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  return parseInstant(String(value)) ?? refusal('INVALID', 'This is no date and time of RFC 3339.', path);
};
