import fc from 'fast-check';
import { money } from '@cleanroom/kernel';
import { windowOf } from './billing-month.js';
import type { Budget, BudgetAction } from './budget.js';
import { budgetUse } from './budget-use.js';
import { grantStaticIp } from './grant-static-ip.js';
import { grantHours } from './grant-hours.js';
import type { MachineAccount } from './machine-spend.js';
import type { Meter } from './meter.js';
import type { Price } from './price.js';
import { ipLeavesRoom, isHeld, type StaticIpSpend } from './static-ip-spend.js';

const at = (text: string) => new Date(text);
const CAP = 500n;
const priced = (hourlyMicros: bigint, monthlyCapMicros: bigint): Price => ({
  ...{ hourlyMicros, monthlyCapMicros, currency: 'EUR', validFrom: at('2026-01-01T00:00:00Z') },
});
const known: Record<string, Price> = {
  'ipv4 fsn1': priced(1n, CAP),
  'ipv4 hil': priced(2n, CAP),
  'cx23 fsn1': priced(10n, 10n ** 12n),
};
const prices = ({ type, location }: { type: string; location: string }) => {
  const price = known[`${type} ${location}`];
  return price ? [price] : [];
};
const budgetOf = (limit: bigint, onExhausted: BudgetAction = 'BLOCK_NEW_MACHINES'): Budget => ({
  ...{ organizationId: 'org_1', scopeId: 'pool_1', version: 3, onExhausted },
  limit: money(limit, 'EUR'),
});
const asking = (since: Date, number = 1, allowedLocations = ['fsn1']): StaticIpSpend => ({
  ...{ runnerId: `run_${number}`, organizationId: 'org_1', poolId: 'pool_1', hetznerProjectId: 'hp_1' },
  ...{ allowedLocations, question: 1, questionGranted: 0, since, over: false },
});
const meterOf = ({ runnerId }: StaticIpSpend, startedAt: Date): Meter => ({
  ...{ id: `ip-${runnerId}`, kind: 'static-ip', providerId: '42', organizationId: 'org_1', runnerId },
  ...{ poolId: 'pool_1', hetznerProjectId: 'hp_1', type: 'ipv4', location: 'fsn1', estimated: false },
  ...{ orderedAt: startedAt, priceAtOrder: null, startedAt, endedAt: null },
});
type Books = Parameters<typeof budgetUse>[0];
const books = (some: Partial<Books> = {}): Books => ({
  ...{ meters: [], accounts: [], awaitedIps: [], prices, currency: 'EUR' },
  ...some,
});
const grant = (spend: StaticIpSpend, budget: Budget, now: Date, some: Partial<Books> = {}) =>
  grantStaticIp({ spend, budgets: [budget], booksOf: () => books(some), now });

describe('a static IP that is asked for', () => {
  const now = at('2026-11-20T00:00:00Z');

  it('is granted where this month has room to its end, and the next one as a whole', () => {
    // 11 days are left, and a whole month is capped.
    expect(grant(asking(now), budgetOf(CAP), now)).toEqual({ kind: 'granted', warning: undefined });
    expect(grant(asking(now), budgetOf(CAP - 1n), now)).toEqual({
      ...{ kind: 'refused', scopeId: 'pool_1', version: 3, retryAt: at('2027-01-01T00:00:00Z') },
      reason: 'the budget of the pool, 0.000499 EUR a month, is used up in 2026-12',
    });
    expect(grant(asking(now), budgetOf(263n), now)).toMatchObject({
      retryAt: at('2026-12-01T00:00:00Z'),
      reason: 'the budget of the pool, 0.000263 EUR a month, is used up',
    });
  });

  it('counts at the dearest of the locations in which it may come to be', () => {
    const spend = asking(now, 1, ['fsn1', 'hil']);
    expect(grant(spend, budgetOf(527n), now)).toMatchObject({ kind: 'granted' });
    known['ipv4 hil'] = priced(3n, 600n);
    expect(grant(spend, budgetOf(527n), now)).toMatchObject({ kind: 'refused' });
  });

  it('is refused for a moment while no price is known', () => {
    expect(grant(asking(now, 1, ['nowhere']), budgetOf(10_000n), now)).toMatchObject({
      reason: 'the budget cannot be checked: a price is not known yet',
      retryAt: at('2026-11-20T00:00:30Z'),
    });
  });

  it('is granted, and spoken of, where a budget only warns', () => {
    expect(grant(asking(now), budgetOf(0n, 'WARN'), now)).toMatchObject({
      kind: 'granted',
      warning: 'the budget of the pool, 0.00 EUR a month, is used up',
    });
  });

  it('leaves no room for an hour of a machine that would need it, before it is there and after', () => {
    const spend = { ...asking(now), questionGranted: 1 };
    const machine: MachineAccount = {
      meter: undefined,
      spend: {
        ...{ machineId: 'mach_1', organizationId: 'org_1', poolId: 'pool_1', runnerId: 'run_1' },
        ...{ hetznerProjectId: 'hp_1', location: 'fsn1', allowedTypes: ['cx23'] },
        ...{ orderedAt: now, hoursAsked: 1, hoursGranted: 0, ended: false },
      },
    };
    const decide = (limit: bigint, some: Partial<Books>) =>
      grantHours({ account: machine, budgets: [budgetOf(limit)], booksOf: () => books(some), now }).kind;
    for (const some of [{ awaitedIps: [spend] }, { meters: [meterOf(spend, now)] }])
      expect([decide(273n, some), decide(274n, some)]).toEqual(['refused', 'granted']);
  });

  it('and many more never overdraw a month, nor the one that follows, whenever they are asked for and come', () => {
    const TURN = at('2026-12-01T00:00:00Z').getTime();
    const minutes = fc.integer({ min: -20_000, max: 20_000 });
    const seat = fc.record({ asks: minutes, delay: fc.integer({ min: 0, max: 500 }) });
    fc.assert(
      fc.property(
        fc.array(seat, { minLength: 1, maxLength: 30 }),
        fc.bigInt({ min: 0n, max: 6_000n }),
        (seats, limit) => {
          const granted: { spend: StaticIpSpend; meter: Meter }[] = [];
          const inOrder = seats.toSorted((a, b) => a.asks - b.asks);
          for (const [number, { asks, delay }] of inOrder.entries()) {
            const now = new Date(TURN + asks * 60_000);
            const spend = asking(now, number);
            const there = granted.filter(({ meter }) => meter.startedAt <= now);
            const awaitedIps = granted.filter(({ meter }) => meter.startedAt > now).map((one) => one.spend);
            const meters = there.map(({ meter }) => meter);
            if (grant(spend, budgetOf(limit), now, { meters, awaitedIps }).kind === 'granted')
              granted.push({
                spend: { ...spend, questionGranted: 1 },
                meter: meterOf(spend, new Date(now.getTime() + delay * 60_000)),
              });
          }
          const meters = granted.map(({ meter }) => meter);
          const now = at('2027-03-01T00:00:00Z');
          for (const month of ['2026-11', '2026-12', '2027-01', '2027-02'])
            expect(budgetUse(books({ meters }), windowOf(month), now)!.spent).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });
});

describe('a static IP that is not there yet', () => {
  const now = at('2026-11-20T00:00:00Z');

  it.each([
    ['ordered before a budget held', true, { question: 0 }],
    ['granted', true, { question: 2, questionGranted: 2 }],
    ['refused', false, { question: 1 }],
    ['asked for anew', false, { question: 3, questionGranted: 2 }],
    ['given up', false, { question: 2, questionGranted: 2, over: true }],
  ])('%s is held room for: %s', (_, held, change) => {
    expect(isHeld({ ...asking(now), ...change })).toBe(held);
  });

  it.each([
    ['within the hour', false, '2026-11-20T00:00:10Z'],
    ['a day later', true, '2026-11-21T00:00:00Z'],
    ['in the month that follows', false, '2026-12-01T00:00:00Z'],
  ])('leaves room where it comes %s: %s', (_, leaves, startedAt) => {
    const spend = asking(now);
    expect(ipLeavesRoom(spend, meterOf(spend, at(startedAt)), prices)).toBe(leaves);
  });
});
