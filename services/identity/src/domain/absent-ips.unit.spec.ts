import { isMissing, presumedGone } from './absent-ips.js';
import type { StaticIp } from './static-ip.js';

const now = new Date('2026-03-02T08:00:00Z');
const secondsAgo = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
const absentFor = (seconds: number | null) => ({
  absentSince: seconds === null ? null : secondsAgo(seconds),
});
const several = (count: number, seconds: number) => Array.from({ length: count }, () => absentFor(seconds));

describe('a static IP that the list of its project leaves out', () => {
  const ip = { status: 'ACTIVE', primaryIpId: 7, lastSeenAt: secondsAgo(60) } as StaticIp;

  it('is missing while it is leased', () => {
    expect(isMissing(ip, [{ id: 8 }], now)).toBe(true);
    expect(isMissing({ ...ip, status: 'QUARANTINED' }, [], now)).toBe(true);
    expect(isMissing(ip, [{ id: 7 }], now)).toBe(false);
  });

  it.each(['RESERVING', 'RELEASING', 'RELEASED'] as const)('is no wonder while it is %s', (status) => {
    expect(isMissing({ ...ip, status }, [], now)).toBe(false);
  });

  it('is not missing where it was leased after the list was read', () => {
    expect(isMissing({ ...ip, lastSeenAt: now }, [], now)).toBe(false);
  });

  it('is presumed gone when a second list leaves it out', () => {
    expect(presumedGone([absentFor(null)], 4, now)).toEqual({ gone: [], braked: false });
    expect(presumedGone([absentFor(60)], 4, now)).toEqual({ gone: [absentFor(60)], braked: false });
  });

  it('is given ten minutes where very many are missing at once', () => {
    expect(presumedGone(several(4, 599), 19, now)).toEqual({ gone: [], braked: true });
    expect(presumedGone(several(4, 600), 19, now).gone).toHaveLength(4);
    expect(presumedGone(several(4, 60), 20, now).gone).toHaveLength(4);
  });
});
