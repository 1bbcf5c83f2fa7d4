import { Temporal } from 'temporal-polyfill';

/** In the order of ISO 8601: the position is the number of the day, less one. */
export const daysOfWeek = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const;
export type DayOfWeek = (typeof daysOfWeek)[number];

/** Runners are kept warm from `start` to `end` on these days. No window crosses midnight: a night shift is two. */
export interface WorkingWindow {
  readonly days: readonly DayOfWeek[];
  /** Minutes since local midnight. */
  readonly start: number;
  /** Minutes since local midnight, after `start`; 1440 is the end of the day. */
  readonly end: number;
  /** How many runners to keep awake beside the busy ones. */
  readonly warm: number;
}

/** A window on one date, as the two instants at which the local clock opens and closes it. */
export interface Opening {
  readonly from: number;
  readonly to: number;
  readonly warm: number;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Whether two windows claim the same minute of the same day. */
export const overlap = (a: WorkingWindow, b: WorkingWindow): boolean =>
  a.days.some((day) => b.days.includes(day)) && a.start < b.end && b.start < a.end;

const shownOn = (date: Temporal.PlainDate, minutes: number): Temporal.PlainDateTime => {
  const day = date.add({ days: Math.floor(minutes / 1440) });
  const rest = minutes % 1440;
  return day.toPlainDateTime({ hour: Math.floor(rest / 60), minute: rest % 60 });
};

/**
 * The instant, in milliseconds since 1970, at which a window closes that ends when the clocks show this. 'compatible': a time
 * that is skipped comes as long after the gap, one that is repeated counts once, the first time.
 */
const closesAt = (shown: Temporal.PlainDateTime, timeZone: string): number =>
  shown.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;

/** The same for one that begins then. One that would begin in a gap begins with the first minute after it. */
const opensAt = (shown: Temporal.PlainDateTime, timeZone: string): number => {
  const opens = shown.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
  if (opens.toPlainDateTime().equals(shown)) return opens.epochMilliseconds;
  return shown.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).getTimeZoneTransition('next')!
    .epochMilliseconds;
};

/**
 * The openings that these windows have on one date. A window that the clock change swallows whole has none; neither has
 * a date that a zone skipped when it moved over the date line.
 */
export const openingsOn = (
  windows: readonly WorkingWindow[],
  date: Temporal.PlainDate,
  timeZone: string,
): Opening[] => {
  const day = daysOfWeek[date.dayOfWeek - 1];
  if (!windows.some(({ days }) => day !== undefined && days.includes(day))) return [];
  const midnight = date.toZonedDateTime(timeZone);
  if (!midnight.toPlainDate().equals(date)) return [];
  const begin = midnight.epochMilliseconds;
  const nextMidnight = date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  // On all but two days of a year clocks just run, and asking the library for each edge would cost far more.
  const isPlain = nextMidnight - begin === DAY;
  const from = (minutes: number): number =>
    isPlain ? begin + minutes * MINUTE : opensAt(shownOn(date, minutes), timeZone);
  const to = (minutes: number): number =>
    isPlain ? begin + minutes * MINUTE : closesAt(shownOn(date, minutes), timeZone);
  return windows
    .filter(({ days }) => day !== undefined && days.includes(day))
    .map(({ start, end, warm }) => ({
      from: from(start),
      to: to(end),
      warm,
    }))
    .filter(({ from, to }) => from < to);
};

/** Whether the library knows the clocks of this zone; an offset such as +01:00 is no zone. */
export const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
};
