import fc from 'fast-check';
import { money } from '@cleanroom/kernel';
import { billingMonthOf, windowOf } from './billing-month.js';
import type { Budget } from './budget.js';
import { budgetUse } from './budget-use.js';
import { grantHours } from './grant-hours.js';
import { leavesRoom, type MachineAccount } from './machine-spend.js';
import type { Meter } from './meter.js';
import type { Price } from './price.js';

const at = (text: string) => new Date(text);
const HOURLY = 10n;
const price: Price = {
  ...{ hourlyMicros: HOURLY, monthlyCapMicros: 10n ** 12n, currency: 'EUR' },
  validFrom: at('2026-01-01T00:00:00Z'),
};
const prices = () => [price];

const budgetOf = (limit: bigint): Budget => ({
  ...{ organizationId: 'org_1', scopeId: 'pool_1', version: 1, onExhausted: 'BLOCK_NEW_MACHINES' },
  limit: money(limit, 'EUR'),
});
const account = (orderedAt: Date, number = 1, hoursGranted = 0): MachineAccount => ({
  meter: undefined,
  spend: {
    ...{ machineId: `mach_${number}`, organizationId: 'org_1', poolId: 'pool_1', runnerId: 'run_1' },
    ...{ hetznerProjectId: 'hp_1', location: 'fsn1', allowedTypes: ['cx23'] },
    ...{ orderedAt, hoursAsked: 1, hoursGranted, ended: false },
  },
});
const meterOf = ({ spend }: MachineAccount, startedAt: Date): Meter => ({
  ...{ id: spend.machineId, kind: 'machine', providerId: '42', organizationId: 'org_1', runnerId: 'run_1' },
  ...{ poolId: 'pool_1', hetznerProjectId: 'hp_1', type: 'cx23', location: 'fsn1', estimated: false },
  ...{ orderedAt: spend.orderedAt, priceAtOrder: null, startedAt, endedAt: null },
});
const grant = (asking: MachineAccount, limit: bigint, now: Date, books: Partial<Books> = {}) =>
  grantHours({
    account: asking,
    budgets: [budgetOf(limit)],
    booksOf: () => ({ meters: [], accounts: [], awaitedIps: [], prices, currency: 'EUR', ...books }),
    now,
  });
type Books = Parameters<typeof budgetUse>[0];

describe('a machine that asks around midnight of the last of a month', () => {
  it.each([
    ['decided in the old month', '2026-11-30T23:59:58Z', '2026-11-30T23:59:59Z', '2026-12-01T00:00:00Z'],
    ['decided in the new month', '2026-11-30T23:59:58Z', '2026-12-01T00:00:01Z', '2027-01-01T00:00:00Z'],
  ])('gets nothing of an empty budget, %s', (_, ordered, now, retryAt) => {
    expect(grant(account(at(ordered)), 0n, at(now))).toMatchObject({ kind: 'refused', retryAt: at(retryAt) });
  });

  it('is refused where only the month that is about to begin has no room', () => {
    const ordered = at('2026-11-30T23:58:00Z');
    // An address that is kept uses up the month to come from its first hour on.
    const ip = { ...meterOf(account(ordered), at('2026-11-30T20:00:00Z')), kind: 'static-ip' as const };
    const room = HOURLY * 31n * 24n;
    const books = { meters: [ip] };
    expect(grant(account(ordered), room, ordered, books)).toMatchObject({
      kind: 'refused',
      retryAt: at('2027-01-01T00:00:00Z'),
    });
    expect(grant(account(ordered), room + HOURLY, ordered, books)).toMatchObject({ kind: 'granted' });
    // An hour before, it is certain in which month the machine begins.
    const early = at('2026-11-30T22:50:00Z');
    expect(grant(account(early), room, early, books)).toMatchObject({ kind: 'granted' });
  });

  it.each([
    ['2026-11-30T23:56:00Z', true],
    ['2026-11-30T23:54:00Z', false],
  ])('ordered at %s leaves room in one of two months once its server is there: %s', (ordered, leaves) => {
    const machine = account(at(ordered), 1, 1);
    const meter = meterOf(machine, at('2026-11-30T23:57:00Z'));
    expect(leavesRoom({ ...machine, meter }, prices)).toBe(leaves);
  });

  it('never overdraws either month, whenever its server is created', () => {
    const MIDNIGHT = at('2026-12-01T00:00:00Z').getTime();
    const seconds = fc.integer({ min: -600, max: 600 });
    const machine = fc.record({ asks: seconds, delay: fc.integer({ min: 0, max: 240 }) });
    fc.assert(
      fc.property(
        fc.array(machine, { minLength: 1, maxLength: 30 }),
        fc.bigInt({ min: 0n, max: 120n }),
        (machines, limit) => {
          const accounts: MachineAccount[] = [];
          const inOrder = machines.toSorted((a, b) => a.asks - b.asks);
          for (const [number, { asks, delay }] of inOrder.entries()) {
            const now = new Date(MIDNIGHT + asks * 1000);
            const asking = account(now, number);
            const seen = accounts.map((one) => withMeterBy(one, now));
            const meters = seen.flatMap(({ meter }) => meter ?? []);
            const decision = grant(asking, limit, now, { accounts: seen, meters });
            if (decision.kind === 'granted')
              accounts.push({
                ...account(now, number, 1),
                meter: meterOf(asking, new Date(now.getTime() + delay * 1000)),
              });
          }
          const meters = accounts.flatMap(({ meter }) => meter ?? []);
          const now = new Date(MIDNIGHT + 3_000_000);
          for (const month of ['2026-11', billingMonthOf(now)]) {
            const use = budgetUse(
              { meters, accounts: [], awaitedIps: [], prices, currency: 'EUR' },
              windowOf(month),
              now,
            );
            expect(use?.spent ?? 0n).toBeLessThanOrEqual(limit);
          }
        },
      ),
    );
  });
});

describe('a machine that asks in the middle of a month', () => {
  it('leaves room in its month where it was ordered at less than the book says', () => {
    const machine = account(at('2026-11-10T12:00:00Z'), 1, 1);
    const meter = meterOf(machine, at('2026-11-10T12:00:10Z'));
    const priceAtOrder = { hourlyMicros: HOURLY - 1n, monthlyCapMicros: 10n ** 12n };
    expect(leavesRoom({ ...machine, meter }, prices)).toBe(false);
    expect(leavesRoom({ ...machine, meter: { ...meter, priceAtOrder } }, prices)).toBe(true);
  });
});

describe('a budget in another currency than the prices', () => {
  it('grants nothing: what it was set before the first project said which is billed cannot be compared', () => {
    const now = at('2026-11-10T12:00:00Z');
    expect(grant(account(now), 1_000_000n, now, { currency: 'USD' })).toMatchObject({
      kind: 'refused',
      reason: 'the budget of the pool, 1.00 EUR a month, is not in USD, in which the hours are billed',
    });
  });
});

/** What is known of a machine at an instant: its server only once it was created. */
const withMeterBy = ({ spend, meter }: MachineAccount, now: Date): MachineAccount => ({
  spend,
  meter: meter && meter.startedAt <= now ? meter : undefined,
});
