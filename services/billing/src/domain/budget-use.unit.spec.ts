import { windowOf } from './billing-month.js';
import { budgetUse } from './budget-use.js';
import type { MachineAccount } from './machine-spend.js';
import type { Meter } from './meter.js';
import type { Price } from './price.js';
import type { StaticIpSpend } from './static-ip-spend.js';

const at = (text: string) => new Date(text);
const price = (hourlyMicros: bigint, monthlyCapMicros = 10n ** 12n): Price => ({
  ...{ hourlyMicros, monthlyCapMicros, currency: 'EUR', validFrom: at('2026-01-01T00:00:00Z') },
});
const known: Record<string, Price> = { cx23: price(10n), cpx22: price(30n), ipv4: price(1n, 500n) };
const prices = ({ type }: { type: string }) => (known[type] ? [known[type]] : []);
const now = at('2026-11-23T10:30:00Z');
const month = windowOf('2026-11');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

const meter = (change: Partial<Meter>): Meter => ({
  ...{ id: 'mach_1', kind: 'machine', providerId: '42', organizationId: 'org_1', runnerId: 'run_1' },
  ...{ poolId: 'pool_1', hetznerProjectId: 'hp_1', type: 'cx23', location: 'fsn1', estimated: false },
  ...{ orderedAt: hoursAgo(2), startedAt: hoursAgo(2), endedAt: null, priceAtOrder: null },
  ...change,
});
const account = (hoursGranted: number, of?: Meter, change: object = {}): MachineAccount => ({
  meter: of,
  spend: {
    ...{ machineId: 'mach_1', organizationId: 'org_1', poolId: 'pool_1', runnerId: 'run_1' },
    ...{ hetznerProjectId: 'hp_1', location: 'fsn1', allowedTypes: ['cx23', 'cpx22'], orderedAt: now },
    ...{ hoursAsked: hoursGranted, hoursGranted, ended: false },
    ...change,
  },
});
const use = (meters: Meter[], accounts: MachineAccount[] = [], awaitedIps: StaticIpSpend[] = []) =>
  budgetUse({ meters, accounts, awaitedIps, prices, currency: 'EUR' }, month, now);
const awaitedIp = (since: Date, allowedLocations = ['fsn1']): StaticIpSpend => ({
  ...{ runnerId: 'run_1', organizationId: 'org_1', poolId: 'pool_1', hetznerProjectId: 'hp_1' },
  ...{ allowedLocations, question: 1, questionGranted: 1, since, over: false },
});

describe('what of a budget is gone', () => {
  it('is spent once the hour has begun, and promised before', () => {
    // Two hours and the beginning of a third were metered; four are granted.
    const running = meter({ startedAt: hoursAgo(2.25) });
    expect(use([running], [account(4, running)])).toMatchObject({ spent: 30n, reserved: 10n });
  });

  it('is spent and promised by the price that the machine was ordered at', () => {
    const priceAtOrder = { hourlyMicros: 7n, monthlyCapMicros: 10n ** 12n };
    const running = meter({ startedAt: hoursAgo(2.25), priceAtOrder });
    expect(use([running], [account(4, running)])).toMatchObject({ spent: 21n, reserved: 7n });
  });

  it('counts the dearest type that is allowed while there is no server', () => {
    expect(use([], [account(1)])).toMatchObject({ spent: 0n, reserved: 30n });
  });

  it('counts the first hour of a machine that was ordered before there was a budget, until it has begun', () => {
    expect(use([], [account(0)])).toMatchObject({ spent: 0n, reserved: 30n });
    const running = meter({ startedAt: hoursAgo(0.25) });
    expect(use([running], [account(0, running)])).toMatchObject({ spent: 10n, reserved: 0n });
    expect(use([], [account(0, undefined, { ended: true })])).toMatchObject({ reserved: 0n });
  });

  it('holds nothing for a machine that was refused', () => {
    expect(use([], [account(0, undefined, { hoursAsked: 1 })])).toMatchObject({ reserved: 0n });
  });

  it('keeps nothing for a machine that has ended', () => {
    const ended = meter({ endedAt: hoursAgo(1) });
    expect(use([ended], [account(4, ended)])).toMatchObject({ spent: 10n, reserved: 0n });
    expect(use([], [account(4, undefined, { ended: true })])).toMatchObject({ reserved: 0n });
  });

  it('holds what static IPs will cost to the end of the month, up to their cap', () => {
    const ip = meter({ id: 'ip', kind: 'static-ip', type: 'ipv4', startedAt: at('2026-11-23T00:00:00Z') });
    // 8 days of 24 hours; 11 of them have begun.
    expect(use([ip])).toEqual({ spent: 11n, reserved: 181n, forecast: 192n });
    expect(use([{ ...ip, startedAt: at('2026-11-01T00:00:00Z') }])).toMatchObject({
      spent: 500n,
      reserved: 0n,
    });
  });

  it('holds what static IPs that are to come would cost from their grant to the end of the month', () => {
    // 181 hours are left, and half of the one that has begun.
    expect(use([], [], [awaitedIp(now)])).toEqual({ spent: 0n, reserved: 182n, forecast: 182n });
    expect(use([], [], [awaitedIp(at('2026-11-01T00:00:00Z'))])).toMatchObject({ reserved: 500n });
  });

  it('does not become unknown by a static IP that is awaited where there is none', () => {
    const prices = ({ location }: { location: string }) => (location === 'fsn1' ? [price(1n)] : []);
    const books = { meters: [], accounts: [], awaitedIps: [awaitedIp(now, ['nowhere'])], prices };
    expect(budgetUse({ ...books, currency: 'EUR' }, month, now)).toMatchObject({ reserved: 0n });
  });

  it('leaves out the hours of other months', () => {
    const long = meter({ startedAt: at('2026-10-31T22:00:00Z'), endedAt: at('2026-11-01T03:00:00Z') });
    expect(use([long])).toMatchObject({ spent: 30n });
  });

  it('is forecast by the last seven days', () => {
    const yesterday = meter({ startedAt: hoursAgo(24), endedAt: hoursAgo(14) });
    // 100 within the 24 hours since the first machine; 7 days and 13.5 hours are left.
    expect(use([yesterday])).toMatchObject({ spent: 100n, forecast: 100n + (100n * 1815n) / 240n });
    expect(use([])).toMatchObject({ forecast: 0n });
  });

  it('is forecast to be no less than what is promised, before anything was metered', () => {
    expect(use([], [account(1)])).toMatchObject({ spent: 0n, reserved: 30n, forecast: 30n });
    const running = meter({ startedAt: hoursAgo(2.25) });
    const { forecast = 0n } = use([running], [account(4, running)]) ?? {};
    // 184 hours will have begun from a quarter past eight to the end of the month.
    expect(forecast).toBe(1_840n);
  });

  it('is forecast up to the monthly cap of a machine that is always on, also where it has reached that of last month', () => {
    const capped = { hourlyMicros: 10n, monthlyCapMicros: 6_000n };
    const always = meter({ startedAt: at('2026-10-01T00:00:00Z'), priceAtOrder: capped });
    const forecastAt = (day: string) =>
      budgetUse({ meters: [always], accounts: [], awaitedIps: [], prices, currency: 'EUR' }, month, at(day));
    expect(forecastAt('2026-11-01T01:00:00Z')).toMatchObject({ spent: 10n, forecast: 6_000n });
    expect(forecastAt('2026-11-15T00:00:00Z')).toMatchObject({ spent: 3_360n, forecast: 6_000n });
    expect(forecastAt('2026-11-28T00:00:00Z')).toMatchObject({ spent: 6_000n, forecast: 6_000n });
  });

  it('is forecast by machines that stay and by those that come and go, each in its way', () => {
    const always = meter({ startedAt: at('2026-11-01T00:00:00Z') });
    const yesterday = meter({ id: 'mach_2', startedAt: hoursAgo(24), endedAt: hoursAgo(14) });
    const { spent = 0n, forecast } = use([always, yesterday]) ?? {};
    // 720 hours of the one; 100 within a week of the other, and 7 days and 13.5 hours are left.
    expect(spent).toBe(5_390n + 100n);
    expect(forecast).toBe(7_200n + 100n + (100n * 1815n) / 1680n);
  });

  it('is unknown while a price is', () => {
    expect(use([meter({ type: 'new' })])).toBeUndefined();
    expect(use([], [account(1, undefined, { allowedTypes: ['new'] })])).toBeUndefined();
  });
});
