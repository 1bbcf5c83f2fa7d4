import fc from 'fast-check';
import { judgeStrays } from './strays.js';

const now = new Date('2026-03-02T08:00:00Z');
const secondsOld = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
const stray = (id: number, age = 600) => ({ id, created: secondsOld(age) });

describe('an address that nobody knows', () => {
  it('is an orphan only when it is seen for the second time', () => {
    expect(judgeStrays([stray(1)], new Set(), 10, now)).toEqual({ orphans: [], sighted: [1], braked: false });
    expect(judgeStrays([stray(1)], new Set([1]), 10, now)).toEqual({
      orphans: [1],
      sighted: [],
      braked: false,
    });
  });

  it('is left alone while its reservation may still be on its way', () => {
    expect(judgeStrays([stray(1, 119)], new Set([1]), 10, now).orphans).toEqual([]);
    expect(judgeStrays([stray(1, 120)], new Set([1]), 10, now).orphans).toEqual([1]);
  });
});

describe('many addresses that nobody knows', () => {
  it('look like a database restored from an old backup, and are left alone', () => {
    const strays = [1, 2, 3, 4].map((id) => stray(id));
    const judged = judgeStrays(strays, new Set([1, 2, 3, 4]), 19, now);
    expect(judged).toMatchObject({ orphans: [], braked: true });
    expect(judgeStrays(strays, new Set([1, 2, 3, 4]), 20, now)).toMatchObject({
      orphans: [1, 2, 3, 4],
      braked: false,
    });
  });

  it('never lead to the deletion of more than three and more than a fifth', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.nat({ max: 60 }), (unknown, known) => {
        const strays = Array.from({ length: unknown }, (_, id) => stray(id));
        const ids = new Set(strays.map(({ id }) => id));
        const { orphans } = judgeStrays(strays, ids, unknown + known, now);
        expect(orphans.length).toBeLessThanOrEqual(Math.max(3, (unknown + known) / 5));
      }),
    );
  });
});
