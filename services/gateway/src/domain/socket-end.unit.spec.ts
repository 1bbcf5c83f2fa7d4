import { systemClock } from '@cleanroom/kernel';
import { millisecondsToEnd } from './socket-end.js';

describe('a socket to a service', () => {
  const now = new Date('2027-01-01T00:00:00Z');
  const clock = (factor: number) => ({ ...systemClock, now: () => now, factor });

  it('ends when its token does', () => {
    expect(millisecondsToEnd(new Date(now.getTime() + 60_000), clock(1))).toBe(60_000);
  });

  it('ends when its token does by a clock that runs faster', () => {
    expect(millisecondsToEnd(new Date(now.getTime() + 60_000), clock(10))).toBe(6_000);
  });

  it('ends after a day at the latest', () => {
    expect(millisecondsToEnd(undefined, clock(1))).toBe(86_400_000);
    expect(millisecondsToEnd(new Date(now.getTime() + 1e12), clock(1))).toBe(86_400_000);
  });
});
