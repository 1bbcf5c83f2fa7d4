import type { Runner } from './model.js';

const HOUR = 3_600_000;
const ONLINE_FOR = 2 * HOUR;
const STALE_AFTER = 7 * 24 * HOUR;

type Contact = Pick<Runner, 'contactedAt' | 'createdAt'>;

/** Null until the first contact; then true up to two hours after the last contact that was written down. */
export const isOnline = ({ contactedAt }: Contact, now: number): boolean | null =>
  contactedAt === null ? null : now - Date.parse(contactedAt) <= ONLINE_FOR;

/** GitLab's coarse word for a runner: no health signal. */
export function runnerStatus(
  runner: Contact,
  now: number,
): 'online' | 'offline' | 'stale' | 'never_contacted' {
  const last = Date.parse(runner.contactedAt ?? runner.createdAt);
  if (now - last > STALE_AFTER) return 'stale';
  if (runner.contactedAt === null) return 'never_contacted';
  return isOnline(runner, now) ? 'online' : 'offline';
}
