import fc from 'fast-check';
import { judgeStrays } from './judge-strays.js';

const now = new Date('2026-03-02T08:00:00Z');
const secondsOld = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
const stray = (id: number, age = 600) => ({ id, created: secondsOld(age) });

describe('something at a provider that nobody knows', () => {
  it('is an orphan only when it is seen for the second time', () => {
    expect(judgeStrays([stray(1)], new Set(), 10, now)).toEqual({ orphans: [], sighted: [1], braked: false });
    expect(judgeStrays([stray(1)], new Set([1]), 10, now)).toEqual({
      orphans: [1],
      sighted: [1],
      braked: false,
    });
  });

  it('is left alone while its order may still be on its way', () => {
    expect(judgeStrays([stray(1, 119)], new Set([1]), 10, now)).toMatchObject({ orphans: [], sighted: [] });
    expect(judgeStrays([stray(1, 120)], new Set([1]), 10, now).orphans).toEqual([1]);
  });
});

describe('many things that nobody knows', () => {
  const strays = [1, 2, 3, 4].map((id) => stray(id));
  const seen = new Set([1, 2, 3, 4]);

  it('look like a database restored from an old backup, and are left alone', () => {
    expect(judgeStrays(strays, seen, 19, now)).toEqual({ orphans: [], sighted: [1, 2, 3, 4], braked: true });
    expect(judgeStrays(strays, seen, 20, now)).toMatchObject({ orphans: [1, 2, 3, 4], braked: false });
  });

  it('are three at least, however few are known', () => {
    expect(judgeStrays(strays.slice(0, 3), seen, 3, now).orphans).toEqual([1, 2, 3]);
  });

  it('are left alone, however few, where one of them is ahead of us', () => {
    const ahead = { ...stray(2), isAheadOfUs: true };
    expect(judgeStrays([stray(1), ahead], seen, 100, now)).toEqual({
      orphans: [],
      sighted: [1, 2],
      braked: true,
    });
  });

  it('never lead to the deletion of more than three and more than a fifth', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.nat({ max: 60 }), (unknown, known) => {
        const all = Array.from({ length: unknown }, (_, id) => stray(id));
        const ids = new Set(all.map(({ id }) => id));
        const { orphans } = judgeStrays(all, ids, unknown + known, now);
        expect(orphans.length).toBeLessThanOrEqual(Math.max(3, (unknown + known) / 5));
      }),
    );
  });
});
