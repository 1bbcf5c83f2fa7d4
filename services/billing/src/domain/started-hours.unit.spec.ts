import fc from 'fast-check';
import { beginningOfHour, startedHours } from './started-hours.js';

const created = new Date('2026-11-23T09:17:00Z');
const after = (minutes: number) => new Date(created.getTime() + minutes * 60_000);

describe('started hours', () => {
  it.each([
    [0, 1],
    [1, 1],
    [60, 1],
    [60.001, 2],
    [119, 2],
    [600, 10],
  ])('of a life of %d minutes are %d', (minutes, hours) => {
    expect(startedHours(created, after(minutes))).toBe(hours);
  });

  it('count from the creation, not from the wall clock', () => {
    expect(beginningOfHour(created, 0)).toEqual(created);
    expect(beginningOfHour(created, 1)).toEqual(new Date('2026-11-23T10:17:00Z'));
  });

  it('never fall when a life grows', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(10_000), (minutes, more) => {
        expect(startedHours(created, after(minutes + more))).toBeGreaterThanOrEqual(
          startedHours(created, after(minutes)),
        );
      }),
    );
  });
});
