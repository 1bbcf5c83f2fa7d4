import { firstLookSeconds, lookSoonSeconds } from './check-intervals.js';

describe('the time until machines are looked at', () => {
  it.each([
    [0, 0, 2],
    [1, 0, 2],
    [50, 0, 2],
    [51, 2, 4],
    [200, 6, 8],
    [1_000, 38, 40],
  ])('for the first time and again is, of %d, %d and %d seconds', (machines, first, again) => {
    expect([firstLookSeconds(machines), lookSoonSeconds(machines)]).toEqual([first, again]);
  });

  it('leaves at least half of the calls that Hetzner allows in an hour, whatever the size of the fleet', () => {
    for (let machines = 1; machines <= 5_000; machines += 7) {
      const calls = Math.ceil(machines / 50);
      expect((3_600 * calls) / lookSoonSeconds(machines)).toBeLessThanOrEqual(1_800);
    }
  });
});
