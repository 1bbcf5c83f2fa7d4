import { dayOf } from './when.js';

/** What clocks and calendars on the wall show. */
export interface WallTime {
  /** 2026-11-30 */
  readonly date: string;
  /** Since midnight. */
  readonly minutes: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(zone, format);
  return format;
}

/** What the wall shows in a time zone at an instant. */
export function wallTime(zone: string, at: number): WallTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const [year, month, day] = ['year', 'month', 'day'].map((name) => parts.get(name as 'year'));
  return {
    date: `${year}-${month}-${day}`,
    minutes: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
}

/**
 * The instant at which the wall shows this. What is skipped when clocks are put forward comes after the gap; of what comes
 * twice the first counts: as the schedule itself has it.
 */
export function instantOf(zone: string, { date, minutes }: WallTime): number {
  const asUtc = Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE_MS;
  const shifts = [asUtc - DAY_MS, asUtc + DAY_MS].map((near) => shiftAt(zone, near));
  const candidates = shifts.map((shift) => asUtc - shift);
  const right = candidates.filter((at) => shiftAt(zone, at) === asUtc - at);
  // In a gap neither is right: the clock of before leads past it.
  return right.length > 0 ? Math.min(...right) : Math.max(...candidates);
}

function shiftAt(zone: string, at: number): number {
  const whole = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  const { date, minutes } = wallTime(zone, whole);
  return Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE_MS - whole;
}

/** How long a date lasts: 23 or 25 hours where clocks change. */
export const hoursOf = (zone: string, date: string): number =>
  (instantOf(zone, { date: addDays(date, 1), minutes: 0 }) - instantOf(zone, { date, minutes: 0 })) /
  (60 * MINUTE_MS);

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The Monday of the week of a date. */
export function mondayOf(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return addDays(date, -((weekday + 6) % 7));
}

/** 09:05 */
export const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The opposite. */
export const minutesOf = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
};

/** Mon 30 Nov, 16:00, as the wall shows it. */
export function localMoment(zone: string, at: string): string {
  const { date, minutes } = wallTime(zone, Date.parse(at));
  return `${dayOf(date)}, ${clockText(minutes)}`;
}
