import fc from 'fast-check';
import { costOfHours } from './cost-of-hours.js';
import type { Price } from './price.js';

const HOUR_MS = 3_600_000;
const price = (hourlyMicros: bigint, monthlyCapMicros: bigint): Price => ({
  hourlyMicros,
  monthlyCapMicros,
  currency: 'EUR',
  validFrom: new Date(0),
});

/** Hour by hour, as slow as it is obvious. */
function slowly(start: Date, count: number, { hourlyMicros, monthlyCapMicros }: Price, from: Date, to: Date) {
  const usedUp = new Map<string, bigint>();
  let total = 0n;
  for (let i = 0; i < count; i++) {
    const begins = new Date(start.getTime() + i * HOUR_MS);
    const month = begins.toISOString().slice(0, 7);
    const used = usedUp.get(month) ?? 0n;
    const left = monthlyCapMicros - used;
    const cost = left < hourlyMicros ? left : hourlyMicros;
    usedUp.set(month, used + cost);
    if (begins >= from && begins < to) total += cost;
  }
  return total;
}

const instant = fc
  .integer({ min: Date.UTC(2026, 9, 20), max: Date.UTC(2027, 2, 10) })
  .map((ms) => new Date(ms));
const prices = fc.record({ hourly: fc.bigInt(0n, 100_000n), cap: fc.bigInt(0n, 60_000_000n) });

describe('the cost of hours within a window', () => {
  it('is the same month by month as hour by hour', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 0, max: 3_000 }),
        prices,
        instant,
        instant,
        (start, count, { hourly, cap }, a, b) => {
          const [from, to] = a < b ? [a, b] : [b, a];
          const one = price(hourly, cap);
          expect(costOfHours({ start, count }, one, { from, to })).toBe(slowly(start, count, one, from, to));
        },
      ),
    );
  });

  it('of windows that touch adds up to the cost of both', () => {
    fc.assert(
      fc.property(
        instant,
        fc.nat(3_000),
        prices,
        fc.tuple(instant, instant, instant),
        (start, count, p, cuts) => {
          const [from, middle, to] = [...cuts].sort((a, b) => a.getTime() - b.getTime()) as [
            Date,
            Date,
            Date,
          ];
          const cost = (window: { from: Date; to: Date }) =>
            costOfHours({ start, count }, price(p.hourly, p.cap), window);
          expect(cost({ from, to: middle }) + cost({ from: middle, to })).toBe(cost({ from, to }));
        },
      ),
    );
  });
});
