import type { Hours } from '@cleanroom/billing/domain/cost-of-hours';
import type { Price } from '@cleanroom/billing/domain/price';

const HOUR_MS = 3_600_000;

/** What hours cost, counted one by one: slow and obvious, and so the judge of what is quick. */
export function hourByHour({ start, count }: Hours, { hourlyMicros, monthlyCapMicros }: Price): bigint {
  let [total, month, inMonth] = [0n, -1, 0n];
  for (let hour = 0; hour < count; hour++) {
    const at = new Date(start.getTime() + hour * HOUR_MS);
    if (at.getUTCMonth() !== month) [month, inMonth] = [at.getUTCMonth(), 0n];
    const left = monthlyCapMicros - inMonth;
    const cost = hourlyMicros < left ? hourlyMicros : left;
    total += cost;
    inMonth += cost;
  }
  return total;
}
