import fc from 'fast-check';
import { startedHours } from './billing-hours.js';

const HOUR = 3_600_000;

describe('started hours', () => {
  it('are one for a life of a moment', () => {
    expect(startedHours(0, 0)).toBe(1);
    expect(startedHours(0, 1)).toBe(1);
  });

  it('turn over only after the whole hour', () => {
    expect(startedHours(0, HOUR)).toBe(1);
    expect(startedHours(0, HOUR + 1)).toBe(2);
  });

  it('cover the life, and by less than one hour too much', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 * HOUR }), (life) => {
        const hours = startedHours(5, 5 + life);
        expect(hours * HOUR).toBeGreaterThanOrEqual(life);
        expect((hours - 1) * HOUR).toBeLessThan(life);
      }),
    );
  });
});
