import type { LocalDay } from './local-days.js';
import type { Meter } from './meter.js';

/**
 * For each of the days, which of these things existed at some time of it. Most machines live for hours and a report covers
 * months: each is only ever held against the days that it touches.
 *
 * @param days one after the other, as {@link localDays} makes them
 */
export function onEachDay<T>(
  things: readonly T[],
  days: readonly LocalDay[],
  { meterOf, now }: { meterOf: (thing: T) => Pick<Meter, 'startedAt' | 'endedAt'>; now: Date },
): T[][] {
  const found = days.map((): T[] => []);
  const spans = days.map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() }));
  for (const thing of things) {
    const { startedAt, endedAt } = meterOf(thing);
    const start = startedAt.getTime();
    const end = Math.max((endedAt ?? now).getTime(), start);
    for (let day = firstEndingAfter(start, spans); day < spans.length && spans[day]!.from <= end; day += 1)
      found[day]!.push(thing);
  }
  return found;
}

/** By halves; the number of days where none ends later. */
function firstEndingAfter(instant: number, spans: readonly { to: number }[]): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.to > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}
