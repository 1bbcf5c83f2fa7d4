import { judgeStrays } from './strays.js';

const now = new Date('2026-03-02T08:00:00Z');
const stray = (id: number, age = 600) => ({ id, created: new Date(now.getTime() - age * 1000) });

describe('a firewall that nobody knows', () => {
  it('is an orphan only when it is seen for the second time', () => {
    expect(judgeStrays([stray(1)], new Set(), 9, now)).toEqual({ orphans: [], sighted: [1], braked: false });
    expect(judgeStrays([stray(1)], new Set([1]), 9, now).orphans).toEqual([1]);
  });

  it('is left alone while its creation may still be on its way', () => {
    expect(judgeStrays([stray(1, 119)], new Set([1]), 9, now).orphans).toEqual([]);
    expect(judgeStrays([stray(1, 120)], new Set([1]), 9, now).orphans).toEqual([1]);
  });

  it('is left alone with many others, which look like a database restored from an old backup', () => {
    const strays = [1, 2, 3, 4].map((id) => stray(id));
    const before = new Set([1, 2, 3, 4]);
    expect(judgeStrays(strays, before, 19, now)).toEqual({
      orphans: [],
      sighted: [1, 2, 3, 4],
      braked: true,
    });
    expect(judgeStrays(strays, before, 20, now).orphans).toEqual([1, 2, 3, 4]);
  });
});
