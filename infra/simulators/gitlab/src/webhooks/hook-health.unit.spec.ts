import { afterDelivery, hookHealth } from './hook-health.js';

const now = new Date('2026-03-01T12:00:00Z');
const healthy = { recentFailures: 0, disabledUntil: null };
const afterFailures = (count: number) => {
  let health: ReturnType<typeof afterDelivery> = healthy;
  for (let i = 0; i < count; i++) health = afterDelivery(health, false, now);
  return health;
};
const restMinutes = (count: number): number =>
  (Date.parse(afterFailures(count).disabledUntil ?? now.toISOString()) - now.getTime()) / 60_000;

describe('the health of a webhook', () => {
  it('survives three failures in a row', () => {
    expect(hookHealth(afterFailures(3), now)).toBe('executable');
  });

  it('rests from the fourth on, twice as long each time, for a day at most', () => {
    expect(hookHealth(afterFailures(4), now)).toBe('temporarily_disabled');
    expect([4, 5, 6, 39].map(restMinutes)).toEqual([1, 2, 4, 24 * 60]);
  });

  it('works again when the rest is over', () => {
    expect(hookHealth(afterFailures(4), new Date(now.getTime() + 60_000))).toBe('executable');
  });

  it('is given up at the fortieth failure, and a success restores it', () => {
    const tomorrow = new Date(now.getTime() + 2 * 86_400_000);
    expect(hookHealth(afterFailures(39), tomorrow)).toBe('executable');
    expect(hookHealth(afterFailures(40), tomorrow)).toBe('disabled');
    expect(hookHealth(afterDelivery(afterFailures(40), true, now), now)).toBe('executable');
  });
});
