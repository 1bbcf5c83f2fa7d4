import { formatAmount } from '@cleanroom/kernel';
import { costToDate } from './cost-to-date.js';
import { endBetween, type Meter } from './meter.js';
import type { Price } from './price.js';

const at = (text: string) => new Date(text);
const meter = (change: Partial<Meter> = {}): Meter => ({
  id: 'mach_1',
  kind: 'machine',
  providerId: '42',
  organizationId: 'org_1',
  runnerId: 'run_1',
  poolId: 'pool_1',
  hetznerProjectId: 'hp_1',
  type: 'cx23',
  location: 'fsn1',
  orderedAt: at('2026-11-23T09:00:00Z'),
  priceAtOrder: null,
  startedAt: at('2026-11-23T09:00:00Z'),
  endedAt: at('2026-11-23T09:57:00Z'),
  estimated: false,
  ...change,
});
const price = (change: Partial<Price> = {}): Price => ({
  hourlyMicros: 8_800n,
  monthlyCapMicros: 5_490_000n,
  currency: 'EUR',
  validFrom: at('2026-06-15T00:00:00Z'),
  ...change,
});
const cost = (meters: Meter[], prices: Price[], now = at('2026-12-31T23:00:00Z')) => {
  const total = costToDate(meters, () => prices, now);
  return total && `${formatAmount(total)} ${total.currency}`;
};

describe('the cost to date', () => {
  it('is one hour for 57 minutes and adds up over machines', () => {
    expect(cost([meter()], [price()])).toBe('0.0088 EUR');
    expect(cost([meter(), meter({ id: 'mach_2' })], [price()])).toBe('0.0176 EUR');
  });

  it('counts the hour that has begun of a machine that still lives', () => {
    expect(cost([meter({ endedAt: null })], [price()], at('2026-11-23T10:00:01Z'))).toBe('0.0176 EUR');
  });

  it('never passes the monthly cap, each calendar month by itself', () => {
    const long = meter({ startedAt: at('2026-10-01T00:00:00Z'), endedAt: at('2026-11-30T00:00:00Z') });
    expect(cost([long], [price()])).toBe('10.98 EUR');
  });

  it('keeps the price of the order when prices rise later', () => {
    const raised = price({ hourlyMicros: 20_000n, validFrom: at('2026-11-23T09:30:00Z') });
    expect(cost([meter()], [raised, price()])).toBe('0.0088 EUR');
    expect(cost([meter({ orderedAt: at('2026-11-23T09:31:00Z') })], [raised, price()])).toBe('0.02 EUR');
  });

  it('is by the price that a machine was ordered at, whatever the book says of that time', () => {
    const own = meter({ priceAtOrder: { hourlyMicros: 7_000n, monthlyCapMicros: 4_000_000n } });
    expect(cost([own, meter({ id: 'mach_2' })], [price()])).toBe('0.0158 EUR');
    const long = { ...own, startedAt: at('2026-10-01T00:00:00Z'), endedAt: at('2026-11-01T00:00:00Z') };
    expect(cost([long], [price()])).toBe('4.00 EUR');
  });

  it('is unknown, not too small, while one price is missing', () => {
    expect(cost([meter()], [])).toBeUndefined();
    // In which currency it was ordered only the book tells.
    const own = meter({ priceAtOrder: { hourlyMicros: 7_000n, monthlyCapMicros: 4_000_000n } });
    expect(cost([own], [])).toBeUndefined();
    expect(cost([], [price()])).toBeUndefined();
  });
});

describe('an uncertain end', () => {
  const start = at('2026-11-23T09:00:00Z');

  it('makes no estimate where both bounds lie in the same hour', () => {
    expect(endBetween(start, at('2026-11-23T09:10:00Z'), at('2026-11-23T09:50:00Z'))).toEqual({
      endedAt: at('2026-11-23T09:50:00Z'),
      estimated: false,
    });
  });

  it('takes the last sighting and says so where an hour begins in between', () => {
    expect(endBetween(start, at('2026-11-23T09:59:00Z'), at('2026-11-23T10:01:00Z'))).toEqual({
      endedAt: at('2026-11-23T09:59:00Z'),
      estimated: true,
    });
  });

  it('is never before the start, even if nobody ever saw it', () => {
    expect(endBetween(start, at('2026-11-23T08:00:00Z'), at('2026-11-23T10:01:00Z')).endedAt).toEqual(start);
  });
});
