import fc from 'fast-check';
import { billedNet, type Tariff } from './billing.js';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 9, 20, 10, 30);

const tariff = (from: number, hourly = '0.0088', monthly = '5.49'): Tariff => ({ from, hourly, monthly });
const net = (hours: number): string => billedNet(START, START + hours * HOUR, [tariff(START)]);

/** The same by counting hour for hour, in tenths of a cent of a cent. */
function countedNet(created: number, ended: number, tariffs: readonly Tariff[]): string {
  const months = new Map<string, { sum: number; cap: number }>();
  const hours = Math.max(1, Math.ceil((ended - created) / HOUR));
  for (let hour = 0; hour < hours; hour += 1) {
    const at = created + hour * HOUR;
    const { hourly, monthly } = tariffs.findLast(({ from }) => from <= at)!;
    const key = new Date(at).toISOString().slice(0, 7);
    const month = months.get(key) ?? { sum: 0, cap: 0 };
    month.sum += Math.round(Number(hourly) * 10_000);
    month.cap = Math.max(month.cap, Math.round(Number(monthly) * 10_000));
    months.set(key, month);
  }
  const total = [...months.values()].reduce((all, { sum, cap }) => all + Math.min(sum, cap), 0);
  return (total / 10_000).toFixed(4);
}

describe('the bill', () => {
  it('counts every started hour, and at least one', () => {
    expect([0, 0.01, 1, 1.01, 24].map(net)).toEqual(['0.0088', '0.0088', '0.0088', '0.0176', '0.2112']);
  });

  it('never goes beyond the monthly price in a calendar month', () => {
    const whole = billedNet(Date.UTC(2026, 9, 1), Date.UTC(2026, 10, 1), [tariff(0)]);
    expect(whole).toBe('5.4900');
    expect(billedNet(Date.UTC(2026, 9, 1), Date.UTC(2026, 11, 1), [tariff(0)])).toBe('10.9800');
  });

  it('takes the new price from the first hour that begins after a rescale', () => {
    const tariffs = [tariff(START), tariff(START + 1.5 * HOUR, '0.0136', '8.49')];
    expect(billedNet(START, START + 3 * HOUR, tariffs)).toBe('0.0312');
  });

  it('is what counting hour for hour gives', () => {
    const life = fc.record({
      created: fc.integer({ min: 0, max: 40 * 24 * HOUR }).map((ms) => START + ms),
      length: fc.integer({ min: 0, max: 100 * 24 * HOUR }),
      changes: fc.array(
        fc.record({
          after: fc.integer({ min: 1, max: 100 * 24 * HOUR }),
          cents: fc.integer({ min: 1, max: 900 }),
        }),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(life, ({ created, length, changes }) => {
        const later = changes
          .sort((a, b) => a.after - b.after)
          .map(({ after, cents }) => tariff(created + after, (cents / 10_000).toFixed(4), `${cents}.00`));
        const tariffs = [tariff(created), ...later];
        expect(billedNet(created, created + length, tariffs)).toBe(
          countedNet(created, created + length, tariffs),
        );
      }),
    );
  });
});
