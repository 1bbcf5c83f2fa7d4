import fc from 'fast-check';
import { costReport, type ReportQuestion } from './cost-report.js';
import type { Meter } from './meter.js';
import type { Price } from './price.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const from = new Date('2026-01-01T00:00:00Z');
const after = (ms: number) => new Date(from.getTime() + ms);
const question: ReportQuestion = {
  ...{ window: { from, to: after(60 * DAY_MS) }, now: after(40 * DAY_MS) },
  ...{ timeZone: 'Europe/Berlin', currency: 'EUR' },
};
const price: Price = {
  ...{ hourlyMicros: 10n, monthlyCapMicros: 1_000n, currency: 'EUR', validFrom: from },
};
const meter = (
  id: string,
  startedAt: Date,
  endedAt: Date | null,
  kind: Meter['kind'] = 'machine',
): Meter => ({
  ...{ id, kind, providerId: id, organizationId: 'org', runnerId: id, poolId: 'pool', type: 'cx23' },
  ...{ hetznerProjectId: 'hp', location: 'fsn1', orderedAt: startedAt, startedAt, endedAt },
  ...{ priceAtOrder: null, estimated: false },
});
const reportOf = (meters: readonly Meter[], one: Price = price) =>
  costReport({ meters, prices: () => [one], poolOf: () => ({ serverTypes: ['cx23'] }) }, question);

const meters = fc.array(
  fc
    .record({
      begins: fc.integer({ min: -3 * DAY_MS, max: 59 * DAY_MS }),
      lasts: fc.option(fc.integer({ min: 0, max: 5 * DAY_MS })),
      kind: fc.constantFrom('machine' as const, 'static-ip' as const),
    })
    .map(({ begins, lasts, kind }) =>
      meter(String(begins), after(begins), lasts === null ? null : after(begins + lasts), kind),
    ),
  { maxLength: 8 },
);

describe('the baseline of a report', () => {
  const offered = (type: string, location: string) => location === 'fsn1' || type === 'ipv4';
  const ip = (id: string, location: string): Meter => ({
    ...meter(id, from, after(10 * HOUR_MS), 'static-ip'),
    ...{ location, type: 'ipv4' },
  });
  const report = (...places: Meter[]) =>
    costReport(
      {
        meters: places,
        prices: ({ type, location }) => (offered(type, location) ? [price] : []),
        poolOf: () => ({ serverTypes: ['cx33', 'cx23'] }),
      },
      question,
    );

  it('leaves out a place where the provider offers none of the types that the pool lists', () => {
    // Ten hours of two machines and three static IPs.
    expect(report(ip('a', 'fsn1'), ip('b', 'fsn1'), ip('c', 'ash'))).toMatchObject({
      total: { micros: 300n },
      alwaysOnBaseline: { micros: 500n },
      baselineMachines: [{ serverType: 'cx33', location: 'fsn1', places: 2, hourly: { micros: 10n } }],
    });
  });

  it('is not told while nothing is known of a pool', () => {
    const books = { meters: [ip('a', 'fsn1')], prices: () => [price], poolOf: () => undefined };
    expect(costReport(books, question)).toBeUndefined();
  });
});

describe('the days of a report', () => {
  it('add up to the whole, for whatever begins and ends when', () => {
    fc.assert(
      fc.property(meters, (found) => {
        const report = reportOf(found);
        const days = report?.perDay ?? [];
        expect(days.reduce((sum, { cost }) => sum + cost.micros, 0n)).toBe(report?.total.micros);
        expect(days.reduce((sum, { baseline }) => sum + baseline.micros, 0n)).toBe(
          report?.alwaysOnBaseline.micros,
        );
      }),
    );
  });

  it('are reckoned for what was there, however long the report is', () => {
    let reckoned = 0;
    const counting = {
      ...price,
      get hourlyMicros() {
        reckoned++;
        return 10n;
      },
    };
    const hour = (n: number) => meter(String(n), after(n * HOUR_MS), after((n + 1) * HOUR_MS - 1));
    reportOf(
      Array.from({ length: 100 }, (_, n) => hour(n)),
      counting,
    );
    expect(reckoned).toBeLessThan(100 * 10);
  });
});
