import { judgeStrays, type Stray } from './orphans.js';

const now = new Date('2026-11-23T09:00:00Z');
const stray = (id: number, ageSeconds = 600): Stray => ({
  id,
  created: new Date(now.getTime() - ageSeconds * 1000),
});

describe('a stray server', () => {
  it('is an orphan only when it is seen for the second time', () => {
    expect(judgeStrays([stray(1)], new Set(), 10, now)).toEqual({ orphans: [], sighted: [1], braked: false });
    expect(judgeStrays([stray(1)], new Set([1]), 10, now)).toEqual({
      orphans: [1],
      sighted: [],
      braked: false,
    });
  });

  it('is left alone while it is young: its order may still be answered', () => {
    expect(judgeStrays([stray(1, 119)], new Set([1]), 10, now).orphans).toEqual([]);
  });

  it('is left alone when there are so many that our own memory must be wrong', () => {
    const many = [1, 2, 3, 4].map((id) => stray(id));
    const seen = new Set([1, 2, 3, 4]);
    expect(judgeStrays(many, seen, 10, now)).toEqual({ orphans: [], sighted: [1, 2, 3, 4], braked: true });
    expect(judgeStrays(many, seen, 20, now).orphans).toEqual([1, 2, 3, 4]);
    expect(judgeStrays(many.slice(0, 3), seen, 3, now).orphans).toEqual([1, 2, 3]);
  });
});
