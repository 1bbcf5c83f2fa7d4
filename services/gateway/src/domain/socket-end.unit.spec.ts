import { millisecondsToEnd } from './socket-end.js';

describe('a socket to a service', () => {
  const now = new Date('2027-01-01T00:00:00Z');

  it('ends when its token does', () => {
    expect(millisecondsToEnd(new Date(now.getTime() + 60_000), now)).toBe(60_000);
  });

  it('ends after a day at the latest', () => {
    expect(millisecondsToEnd(undefined, now)).toBe(86_400_000);
    expect(millisecondsToEnd(new Date(now.getTime() + 1e12), now)).toBe(86_400_000);
  });
});
