import type { Price } from './price.js';
import { beginningOfHour, hoursBegunBefore } from './started-hours.js';
import type { Window } from './window.js';

/** Hours that follow one another from `start` on. */
export interface Hours {
  readonly start: Date;
  readonly count: number;
}

/**
 * What those of the hours cost that begin within a window, in micro-units. The cap of a calendar month (UTC) is used up
 * in the order of the hours, so that the costs of windows that touch add up to the cost of both.
 */
export function costOfHours(hours: Hours, price: Price, window: Window): bigint {
  return costBefore(hours, price, window.to) - costBefore(hours, price, window.from);
}

/** Month by month and not hour by hour: a report of a year is made of few multiplications. */
function costBefore({ start, count }: Hours, price: Price, before: Date): bigint {
  const end = Math.min(count, hoursBegunBefore(start, before));
  let total = 0n;
  for (let done = 0; done < end;) {
    const nextMonth = Math.min(hoursBegunBefore(start, monthAfter(beginningOfHour(start, done))), end);
    const cost = BigInt(nextMonth - done) * price.hourlyMicros;
    total += cost < price.monthlyCapMicros ? cost : price.monthlyCapMicros;
    done = nextMonth;
  }
  return total;
}

const monthAfter = (at: Date): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1));
