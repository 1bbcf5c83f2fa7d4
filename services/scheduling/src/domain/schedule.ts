import { Temporal } from 'temporal-polyfill';
import { openingsOn, type Opening, type WorkingWindow } from './window.js';

/** A date of the schedule's zone on which none of its windows opens, whatever else the week says. */
export interface Holiday {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly name: string;
}

/** For a while, a number of its own, whatever the windows say: a release night, a quiet week. */
export interface ScheduleOverride {
  readonly id: string;
  readonly from: Date;
  readonly to: Date;
  readonly warm: number;
  readonly reason: string;
}

/** When runners are kept warm, as rules in a team's own time zone. */
export interface Schedule {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly timeZone: string;
  readonly windows: readonly WorkingWindow[];
  readonly holidays: readonly Holiday[];
  /** Whose public holidays count as well, such as "DE" or "DE-BY"; null for nobody's. */
  readonly holidayCountry: string | null;
  readonly overrides: readonly ScheduleOverride[];
  readonly createdAt: Date;
}

/** How many runners are kept warm, and the sentence that says why. */
export interface Warmth {
  readonly warm: number;
  readonly because: string;
}

/** The rules of a schedule: what a decision needs of it. */
export type ScheduleRules = Pick<Schedule, 'timeZone' | 'windows' | 'holidays' | 'overrides'>;

/** The rules of a schedule whose country has these public holidays; where a date has two names, its own one counts. */
export const rulesWith = (
  { timeZone, windows, holidays, overrides }: ScheduleRules,
  publicHolidays: readonly Holiday[],
): ScheduleRules => ({ timeZone, windows, holidays: [...holidays, ...publicHolidays], overrides });

/** What the schedule says at this instant. */
export const warmAt = (rules: ScheduleRules, now: Date): Warmth => {
  const today = localDate(rules.timeZone, now.getTime());
  // A clock change can move an edge over midnight, so the neighbours of today are asked too.
  const openings = openingsBetween(rules, today.subtract({ days: 1 }), today.add({ days: 1 }));
  return warmthAmong(rules, openings, now.getTime());
};

/**
 * The same, where the openings around the instant are known already. Of overrides that overlap, the one that was made
 * last counts.
 */
export const warmthAmong = (rules: ScheduleRules, openings: readonly Opening[], at: number): Warmth => {
  const override = rules.overrides
    .filter(({ from, to }) => from.getTime() <= at && at < to.getTime())
    .sort((a, b) => (a.id < b.id ? 1 : -1))[0];
  if (override) return { warm: override.warm, because: `override: ${override.reason}` };
  const open = openings.filter(({ from, to }) => from <= at && at < to);
  if (open.length > 0) {
    // Windows never overlap, but a clock change may shift one into the next.
    return { warm: Math.max(...open.map(({ warm }) => warm)), because: 'working hours' };
  }
  const today = localDate(rules.timeZone, at).toString();
  const holiday = closedDates(rules).get(today);
  return { warm: 0, because: holiday === undefined ? 'outside working hours' : `holiday: ${holiday}` };
};

/** All openings of the dates from `first` to `last`, both included; holidays have none. */
export const openingsBetween = (
  rules: ScheduleRules,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
): Opening[] => {
  const openings: Opening[] = [];
  const closed = closedDates(rules);
  for (let date = first; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    if (!closed.has(date.toString())) openings.push(...openingsOn(rules.windows, date, rules.timeZone));
  }
  return openings;
};

/** The dates on which nothing opens, each with the name that counts. */
export const closedDates = ({ holidays }: Pick<ScheduleRules, 'holidays'>): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  for (const { date, name } of holidays) if (!names.has(date)) names.set(date, name);
  return names;
};

/** The date that the calendar of this zone shows at an instant. */
export const localDate = (timeZone: string, at: number): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();

/** The time of day, as HH:MM, that the clocks of this zone show at an instant. */
export const localTime = (timeZone: string, at: number): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
