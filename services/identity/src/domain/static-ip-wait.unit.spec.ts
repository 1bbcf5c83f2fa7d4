import fc from 'fast-check';
import { releaseNotBefore, waitAfter } from './static-ip-wait.js';

const ip = { seat: 0, locations: ['fsn1', 'nbg1', 'hel1'], refusals: 0 };
const created = new Date('2026-03-02T08:00:00Z');
const later = (seconds: number): Date => new Date(created.getTime() + seconds * 1000);

describe('an address that cannot be had', () => {
  it('is asked for in the next location at once, and after a whole round later', () => {
    expect(waitAfter(ip, 'location-refused', '')).toEqual({
      reason: 'no address is to be had in fsn1',
      trouble: null,
      refusals: 1,
      seconds: 0,
    });
    const last = waitAfter({ ...ip, refusals: 2 }, 'location-refused', '');
    expect(last).toEqual({
      reason: 'no address is to be had in fsn1, nbg1, hel1',
      trouble: null,
      refusals: 3,
      seconds: 60,
    });
  });

  it('waits for a higher limit, and says who can raise it', () => {
    expect(waitAfter(ip, 'limit-exceeded', '')).toMatchObject({
      reason: expect.stringContaining('ask Hetzner'),
      trouble: 'LIMIT',
      refusals: 0,
      seconds: 60,
    });
  });

  it('waits for other credentials, whether they are refused or may only read', () => {
    for (const failure of ['credentials-invalid', 'read-only'] as const) {
      expect(waitAfter(ip, failure, 'secret detail')).toMatchObject({
        reason: 'the Hetzner credentials are not accepted',
        trouble: 'CREDENTIALS',
      });
    }
  });

  it('is looked for soon after a lost answer', () => {
    expect(waitAfter(ip, 'unknown-outcome', 'no answer')).toEqual({
      reason: 'no answer',
      trouble: null,
      refusals: 0,
      seconds: 3,
    });
  });
});

describe('giving an address back', () => {
  it('waits where a lost answer could leave another hour open', () => {
    expect(releaseNotBefore(created, later(3_539))).toEqual(later(3_539));
    expect(releaseNotBefore(created, later(3_545))).toEqual(later(3_601));
    expect(releaseNotBefore(created, later(3_600))).toEqual(later(3_600));
    expect(releaseNotBefore(null, later(3_545))).toEqual(later(3_545));
  });

  it('never waits longer than it takes for the hour to end', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), (seconds) => {
        const at = releaseNotBefore(created, later(seconds)).getTime() - created.getTime();
        expect(at - seconds * 1000).toBeLessThanOrEqual(61_000);
        expect(3_600_000 - (at % 3_600_000)).toBeGreaterThan(60_000);
      }),
    );
  });
});
