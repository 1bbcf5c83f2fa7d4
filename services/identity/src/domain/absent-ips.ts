import { areVeryMany } from '@cleanroom/kernel';
import type { StaticIp } from './static-ip.js';

/** How long very many must be missing before they are believed to be gone: a list can be wrong for a while. */
const PATIENCE_MS = 10 * 60_000;

/** Leased, and so to be found in its project; one that was leased after the list was read cannot be in it. */
export const isMissing = (
  { status, primaryIpId, lastSeenAt }: StaticIp,
  listed: readonly { id: number }[],
  listedAt: Date,
): boolean =>
  (status === 'ACTIVE' || status === 'QUARANTINED') &&
  (lastSeenAt === null || lastSeenAt < listedAt) &&
  !listed.some(({ id }) => id === primaryIpId);

/**
 * Which of the missing are asked for by themselves, because a second list in a row leaves them out. Very many at once
 * look like a fault; but an address that was deleted may be a stranger's by now, so the patience with them has an end.
 */
export function presumedGone<Ip extends Pick<StaticIp, 'absentSince'>>(
  missing: readonly Ip[],
  allLeased: number,
  now: Date,
): { gone: readonly Ip[]; braked: boolean } {
  const again = missing.filter(({ absentSince }) => absentSince !== null);
  const braked = areVeryMany(again.length, allLeased);
  const longEnough = ({ absentSince }: Ip) => now.getTime() - (absentSince?.getTime() ?? 0) >= PATIENCE_MS;
  return { gone: braked ? again.filter(longEnough) : again, braked };
}
