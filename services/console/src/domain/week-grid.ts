import { addDays, hoursOf, wallTime } from './zone-clock.js';
import { clockText, minutesOf } from './zone-clock.js';

export const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
export type DayOfWeek = (typeof DAYS)[number];

/** Of a schedule what a week shows of it. */
export interface WeekRules {
  readonly timeZone: string;
  readonly windows: readonly {
    readonly days: readonly DayOfWeek[];
    readonly start: string;
    readonly end: string;
    readonly warm: number;
  }[];
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
  readonly overrides: readonly {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly warm: number;
    readonly reason: string;
  }[];
}

/** A time of a day for which so many runners are kept warm. */
export interface WeekBlock {
  readonly key: string;
  /** Minutes since midnight, as the wall shows them. */
  readonly start: number;
  readonly end: number;
  readonly warm: number;
  readonly words: string;
  /** Why it is an exception; left out for what every week has. */
  readonly reason?: string;
}

export interface WeekDay {
  readonly date: string;
  readonly holiday: string | undefined;
  /** 23 or 25 where clocks change. */
  readonly hours: number;
  readonly blocks: readonly WeekBlock[];
}

const DAY_MINUTES = 1440;

/** A week as the wall of the team shows it, from a Monday on; holidays have no windows. */
export const weekGrid = (rules: WeekRules, monday: string): readonly WeekDay[] =>
  DAYS.map((day, index) => {
    const date = addDays(monday, index);
    const holiday = rules.holidays.find((one) => one.date === date)?.name;
    const windows = holiday === undefined ? windowsOn(rules, day) : [];
    const hours = hoursOf(rules.timeZone, date);
    return { date, holiday, hours, blocks: [...windows, ...overridesOn(rules, date)] };
  });

const windowsOn = ({ windows }: WeekRules, day: DayOfWeek): WeekBlock[] =>
  windows
    .filter(({ days }) => days.includes(day))
    .map(({ start, end, warm }) => ({
      key: `window ${start}`,
      ...{ start: minutesOf(start), end: minutesOf(end), warm },
      words: `${start}–${end}`,
    }))
    .sort((a, b) => a.start - b.start);

function overridesOn({ timeZone, overrides }: WeekRules, date: string): WeekBlock[] {
  return overrides.flatMap(({ id, from, to, warm, reason }) => {
    const [first, last] = [from, to].map((at) => wallTime(timeZone, Date.parse(at)));
    if (!first || !last || first.date > date || last.date < date) return [];
    const start = first.date === date ? first.minutes : 0;
    const end = last.date === date ? last.minutes : DAY_MINUTES;
    if (end <= start) return [];
    return [{ key: id, start, end, warm, reason, words: `${clockText(start)}–${clockText(end)}` }];
  });
}

/** The largest number of a schedule: it is drawn darkest. */
export const mostWarm = ({ windows }: Pick<WeekRules, 'windows'>): number =>
  Math.max(1, ...windows.map(({ warm }) => warm));
