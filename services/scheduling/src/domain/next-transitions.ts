import { Temporal } from 'temporal-polyfill';
import {
  closedDates,
  localDate,
  openingsBetween,
  warmAt,
  warmthAmong,
  type ScheduleRules,
} from './schedule.js';
import { openingsOn, type Opening } from './window.js';

/** An instant at which the schedule asks for another number of warm runners than just before. */
export interface ScheduleTransition {
  readonly at: Date;
  readonly warm: number;
  readonly because: string;
}

/** How far ahead transitions are looked for: past every holiday of a coming year. */
const HORIZON_DAYS = 400;
/** Every window that opens at all opens within one. */
const WEEK_DAYS = 7;
const DAY = 86_400_000;
/** Holidays in one sentence; what is more is counted. */
const MOST_NAMED = 3;

/**
 * The next `count` transitions after `now`, soonest first; fewer where the schedule has no more within the horizon.
 * Where windows close for longer than the week would have it, because of holidays, the closing names them; where they are
 * closed already, the opening does.
 */
export const nextTransitions = (rules: ScheduleRules, now: Date, count: number): ScheduleTransition[] => {
  const found: ScheduleTransition[] = [];
  const present = warmAt(rules, now);
  let { warm } = present;
  // One more than asked for: how long the last of them lasts.
  for (let days = 0; days < HORIZON_DAYS && found.length <= count; days += WEEK_DAYS) {
    const after = now.getTime() + days * DAY;
    const transitions = transitionsWithin(rules, { after, until: after + WEEK_DAYS * DAY, warm });
    found.push(...transitions);
    warm = transitions.at(-1)?.warm ?? warm;
  }
  const horizon = new Date(now.getTime() + HORIZON_DAYS * DAY);
  return found.slice(0, count).map((transition, index) => {
    const { at } = transition;
    if (transition.warm === 0) {
      const until = found[index + 1]?.at ?? horizon;
      return withHolidays(rules, transition, { from: at, to: until }, ({ from }) => from > at.getTime());
    }
    const isLate = index === 0 && present.warm === 0;
    const isAhead = ({ to }: Opening): boolean => to > now.getTime();
    return isLate ? withHolidays(rules, transition, { from: now, to: at }, isAhead) : transition;
  });
};

/** Where the number changes after `after`, at which it was `warm`, up to and at `until`. */
export function transitionsWithin(
  rules: ScheduleRules,
  { after, until, warm }: { after: number; until: number; warm: number },
): ScheduleTransition[] {
  const first = localDate(rules.timeZone, after).subtract({ days: 1 });
  const last = localDate(rules.timeZone, until).add({ days: 1 });
  const openings = openingsBetween(rules, first, last);
  const spans = [
    ...openings,
    ...rules.overrides.map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() })),
  ];
  const edges = [...new Set(spans.flatMap(({ from, to }) => [from, to]))]
    .filter((at) => at > after && at <= until)
    .sort((a, b) => a - b);
  const found: ScheduleTransition[] = [];
  for (const at of edges) {
    const next = warmthAmong(rules, openings, at);
    if (next.warm !== (found.at(-1)?.warm ?? warm)) found.push({ at: new Date(at), ...next });
  }
  return found;
}

/** The transition with the holidays on which a window is shut in that time that would be open else. */
function withHolidays(
  rules: ScheduleRules,
  transition: ScheduleTransition,
  { from, to }: { from: Date; to: Date },
  counts: (opening: Opening) => boolean,
): ScheduleTransition {
  const [first, last] = [from, to].map((at) => localDate(rules.timeZone, at.getTime()).toString());
  const isShut = (opening: Opening): boolean =>
    opening.warm > 0 && counts(opening) && opening.from < to.getTime();
  const swallowed = [...closedDates(rules)]
    .filter(([date]) => date >= first! && date <= last! && wouldOpen(rules, date).some(isShut))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, name]) => `${name} on ${date}`);
  if (swallowed.length === 0) return transition;
  const more = swallowed.length > MOST_NAMED ? ` and ${swallowed.length - MOST_NAMED} more` : '';
  const named = swallowed.slice(0, MOST_NAMED).join(', ');
  return { ...transition, because: `${transition.because}; closed for ${named}${more}` };
}

/** The openings that this date would have, were it no holiday. */
const wouldOpen = ({ windows, timeZone }: ScheduleRules, date: string): Opening[] =>
  openingsOn(windows, Temporal.PlainDate.from(date), timeZone);
