import { hasControlCharacters, refusal, type Refusal } from '@cleanroom/kernel';
import { Temporal } from 'temporal-polyfill';
import { formatLocalTime, MINUTES_PER_DAY, parseLocalTime } from './local-time.js';
import type { Holiday } from './schedule.js';
import { isTimeZone, overlap, type DayOfWeek, type WorkingWindow } from './window.js';

/** A schedule as a caller writes it. */
export interface ScheduleDraft {
  readonly name: string;
  readonly timeZone: string;
  readonly windows: readonly WindowDraft[];
  readonly holidays: readonly Holiday[];
  /** A country, or a part of one; null for none. */
  readonly holidayCountry: string | null;
}

export interface WindowDraft {
  readonly days: readonly DayOfWeek[];
  readonly start: string;
  readonly end: string;
  readonly warm: number;
}

/** An override as a caller writes it. */
export interface OverrideDraft {
  readonly from: Date;
  readonly to: Date;
  readonly warm: number;
  readonly reason: string;
}

const NAME_LENGTH = 100;
const REASON_LENGTH = 200;
/** As many runners as a pool can have. */
export const MOST_WARM = 500;
const MOST_WINDOWS = 50;
const MOST_HOLIDAYS = 500;
/** Overrides of one schedule that are not over yet. */
export const MOST_OVERRIDES = 100;

/** Everything that is wrong with a schedule, each with the path of its field; empty where it can be kept. */
export const scheduleRefusals = (draft: ScheduleDraft): Refusal[] => [
  ...textRefusals(draft.name, 'name', NAME_LENGTH, ['input', 'name']),
  ...(isTimeZone(draft.timeZone)
    ? []
    : [refusal('INVALID', 'This is no IANA time zone.', 'input', 'timeZone')]),
  ...(draft.windows.length > MOST_WINDOWS
    ? [refusal('INVALID', `A schedule has at most ${MOST_WINDOWS} windows.`, 'input', 'windows')]
    : windowsRefusals(draft.windows)),
  ...holidayRefusals(draft.holidays),
];

/** Everything that is wrong with an override that is asked for now. */
export const overrideRefusals = (draft: OverrideDraft, now: Date): Refusal[] => [
  ...spanRefusals(draft, now),
  ...warmRefusals(draft.warm, ['warm']),
  ...textRefusals(draft.reason, 'reason', REASON_LENGTH, ['reason']),
];

function spanRefusals({ from, to }: OverrideDraft, now: Date): Refusal[] {
  if (from >= to) return [refusal('INVALID', 'An override ends after it begins.', 'to')];
  return to > now ? [] : [refusal('INVALID', 'An override that is over changes nothing.', 'to')];
}

/** A draft without refusals, as the domain keeps it. */
export const windowsOf = (drafts: readonly WindowDraft[]): WorkingWindow[] =>
  drafts.flatMap(({ days, start, end, warm }) => {
    const [from, to] = [parseLocalTime(start), parseLocalTime(end)];
    return from === undefined || to === undefined
      ? []
      : [{ days: [...new Set(days)], start: from, end: to, warm }];
  });

const windowsRefusals = (windows: readonly WindowDraft[]): Refusal[] => [
  ...windows.flatMap((window, index) => windowRefusals(window, ['input', 'windows', String(index)])),
  ...overlapRefusals(windows),
];

function windowRefusals({ days, start, end, warm }: WindowDraft, path: string[]): Refusal[] {
  const [from, to] = [parseLocalTime(start), parseLocalTime(end)];
  const refusals: Refusal[] = [];
  if (days.length === 0)
    refusals.push(refusal('INVALID', 'A window needs at least one day.', ...path, 'days'));
  if (from === undefined || from === MINUTES_PER_DAY) {
    refusals.push(refusal('INVALID', 'A start is HH:MM from 00:00 to 23:59.', ...path, 'start'));
  }
  if (to === undefined) {
    refusals.push(refusal('INVALID', 'An end is HH:MM from 00:01 to 24:00.', ...path, 'end'));
  } else if (from !== undefined && to <= from) {
    const message = `A window ends after it starts; a night shift is two windows, until 24:00 and from 00:00.`;
    refusals.push(refusal('INVALID', message, ...path, 'end'));
  }
  return [...refusals, ...warmRefusals(warm, [...path, 'warm'])];
}

function overlapRefusals(drafts: readonly WindowDraft[]): Refusal[] {
  const windows = drafts.map((draft) => windowsOf([draft])[0]);
  return windows.flatMap((window, index) => {
    if (!window) return [];
    const other = windows.slice(0, index).find((earlier) => earlier && overlap(earlier, window));
    if (!other) return [];
    const message = `It overlaps the window from ${formatLocalTime(other.start)} to ${formatLocalTime(other.end)}.`;
    return [refusal('INVALID', message, 'input', 'windows', String(index))];
  });
}

function holidayRefusals(holidays: readonly Holiday[]): Refusal[] {
  if (holidays.length > MOST_HOLIDAYS) {
    return [refusal('INVALID', `A schedule has at most ${MOST_HOLIDAYS} holidays.`, 'input', 'holidays')];
  }
  const dates = holidays.map(({ date }) => date);
  return holidays.flatMap(({ date, name }, index) => {
    const path = ['input', 'holidays', String(index)];
    const refusals = textRefusals(name, 'name', NAME_LENGTH, [...path, 'name']);
    if (!isDate(date)) return [...refusals, refusal('INVALID', 'A date is YYYY-MM-DD.', ...path, 'date')];
    const repeated = dates.indexOf(date) < index;
    return repeated
      ? [...refusals, refusal('INVALID', 'This date is listed twice.', ...path, 'date')]
      : refusals;
  });
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
}

function warmRefusals(warm: number, path: string[]): Refusal[] {
  const fits = Number.isInteger(warm) && warm >= 0 && warm <= MOST_WARM;
  return fits ? [] : [refusal('INVALID', `Warm runners are a number from 0 to ${MOST_WARM}.`, ...path)];
}

function textRefusals(text: string, noun: string, most: number, path: string[]): Refusal[] {
  const length = text.trim().length;
  if (length < 1 || length > most)
    return [refusal('INVALID', `A ${noun} has 1 to ${most} characters.`, ...path)];
  return hasControlCharacters(text)
    ? [refusal('INVALID', `A ${noun} has no control characters.`, ...path)]
    : [];
}
