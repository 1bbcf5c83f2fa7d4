import fc from 'fast-check';
import {
  isTimeToSleep,
  lastChance,
  LATEST_DELETE_BEFORE_END_MS,
  LATEST_SLEEP_BEFORE_END_MS,
  leaveAt,
  mayDeleteFrom,
  paidUntil,
  rebuildPays,
  SLEEP_BEFORE_END_MS,
  sleepAt,
} from './paid-hour.js';

const created = new Date('2026-11-23T09:17:23Z');
const at = (minutes: number) => new Date(created.getTime() + minutes * 60_000);
const moments = fc
  .integer({ min: 0, max: 48 * 3_600 })
  .map((seconds) => new Date(created.getTime() + seconds * 1000));

describe('the paid hour', () => {
  it.each([
    [0, 60],
    [59.9, 60],
    [60, 120],
    [61, 120],
  ])('that holds minute %d ends at minute %d of the life', (minutes, end) => {
    expect(paidUntil(created, at(minutes))).toEqual(at(end));
  });

  it('always ends after now and at most an hour later', () => {
    fc.assert(
      fc.property(moments, (now) => {
        const left = paidUntil(created, now).getTime() - now.getTime();
        expect(left).toBeGreaterThan(0);
        expect(left).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });

  it('sends an unwanted machine to sleep three minutes before its end', () => {
    expect(sleepAt(created, at(10))).toEqual(at(57));
    expect(isTimeToSleep(created, at(56.9))).toBe(false);
    expect(isTimeToSleep(created, at(57))).toBe(true);
  });

  it('sends nobody to sleep so late that the deletion would come in the next hour', () => {
    fc.assert(
      fc.property(moments, (now) => {
        fc.pre(isTimeToSleep(created, now));
        const left = paidUntil(created, now).getTime() - now.getTime();
        expect(left).toBeGreaterThanOrEqual(LATEST_SLEEP_BEFORE_END_MS);
        expect(left).toBeLessThanOrEqual(SLEEP_BEFORE_END_MS);
      }),
      { numRuns: 5_000 },
    );
  });

  it('lets a deletion be sent at once, but in its last minute, when a lost answer would leave a guess', () => {
    fc.assert(
      fc.property(moments, (now) => {
        const from = mayDeleteFrom(created, now);
        const left = paidUntil(created, from).getTime() - from.getTime();
        expect(left).toBeGreaterThanOrEqual(LATEST_DELETE_BEFORE_END_MS);
        const wait = from.getTime() - now.getTime();
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(LATEST_DELETE_BEFORE_END_MS);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    [10, 57, 57],
    [57.5, 57, 57],
    [58.1, 117, 57],
    [59.1, 117, 117],
  ])(
    'that nobody uses is left, at minute %d, at %d, and where no more is granted at %d',
    (now, sleep, leave) => {
      expect(sleepAt(created, at(now))).toEqual(at(sleep));
      expect(leaveAt(created, at(now))).toEqual(at(leave));
    },
  );

  it.each([
    [30, 30],
    [57.5, 57],
    [59.9, 57],
    [60, 60],
  ])('that holds minute %d is left for good at minute %d', (end, chance) => {
    expect(lastChance(created, at(end))).toEqual(at(chance));
  });

  it('pays for a rebuild while five minutes remain, and always for a wanted runner', () => {
    expect(rebuildPays(created, at(54), false)).toBe(true);
    expect(rebuildPays(created, at(56), false)).toBe(false);
    expect(rebuildPays(created, at(58.9), false)).toBe(false);
    expect(rebuildPays(created, at(59), true)).toBe(true);
  });

  it('pays for a rebuild where the next one is lost anyway', () => {
    expect(rebuildPays(created, at(59.1), false)).toBe(true);
  });
});
