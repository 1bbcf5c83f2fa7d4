import { startedHours } from './billing-hours.js';

const HOUR = 3_600_000;
const PLACES = 4;

/** Net prices in euros of a stretch of a life. */
export interface Tariff {
  /** Instant from which it holds, ms. */
  readonly from: number;
  readonly hourly: string;
  readonly monthly: string;
}

/**
 * What Hetzner bills, net, for something that existed from `created` to `ended`: every started hour, counted from its
 * own creation, at the price that holds when the hour begins; in no calendar month (UTC) more than the monthly price.
 *
 * @param tariffs in order of time, the first from `created`
 * @returns euros with four decimals
 */
export function billedNet(created: number, ended: number, tariffs: readonly Tariff[]): string {
  const end = created + startedHours(created, ended) * HOUR;
  let total = 0n;
  for (const [from, to] of monthsBetween(created, end)) {
    let month = 0n;
    let cap = 0n;
    tariffs.forEach((tariff, index) => {
      const hours = hoursBegun(
        created,
        Math.max(from, tariff.from),
        Math.min(to, tariffs[index + 1]?.from ?? to),
      );
      month += BigInt(hours) * scaled(tariff.hourly);
      if (hours > 0 && scaled(tariff.monthly) > cap) cap = scaled(tariff.monthly);
    });
    total += month < cap ? month : cap;
  }
  return unscaled(total);
}

/** How many hours, counted from `created`, begin within `[from, to)`. */
const hoursBegun = (created: number, from: number, to: number): number =>
  Math.max(0, Math.ceil((to - created) / HOUR) - Math.ceil((from - created) / HOUR));

function* monthsBetween(start: number, end: number): Generator<[from: number, to: number]> {
  for (let from = start; from < end;) {
    const date = new Date(from);
    const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
    yield [from, Math.min(next, end)];
    from = next;
  }
}

function scaled(decimal: string): bigint {
  const [units = '0', fraction = ''] = decimal.split('.');
  return BigInt(units + fraction.padEnd(PLACES, '0').slice(0, PLACES));
}

function unscaled(amount: bigint): string {
  const digits = amount.toString().padStart(PLACES + 1, '0');
  return `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}
