import { systemClock } from '@cleanroom/kernel';
import { RateLimit } from './rate-limit.js';

describe('the limit on API calls', () => {
  let now = 0;
  const clock = { ...systemClock, now: () => new Date(now) };

  beforeEach(() => {
    now = Date.parse('2026-01-05T10:00:50Z');
  });

  it('lets so many calls of a user through in a minute, and tells when the next one begins', () => {
    const limit = new RateLimit(clock, 2);
    expect([limit.count('a'), limit.count('a'), limit.count('a')].map(({ allowed }) => allowed)).toEqual([
      ...[true, true, false],
    ]);
    expect(limit.count('b').allowed).toBe(true);
    expect(limit.count('a').headers).toMatchObject({
      ...{
        'ratelimit-limit': '2',
        'ratelimit-observed': '4',
        'ratelimit-remaining': '0',
        'retry-after': '10',
      },
      'ratelimit-resettime': 'Mon, 05 Jan 2026 10:01:00 GMT',
    });
    now += 10_000;
    expect(limit.count('a')).toMatchObject({ allowed: true, headers: { 'ratelimit-remaining': '1' } });
  });

  it('says nothing where there is none', () => {
    expect(new RateLimit(clock, null).count('a')).toEqual({ allowed: true, headers: {} });
  });
});
