import { duration } from './say.js';
import { dayOf } from './when.js';

/** What a role may do, beside its name. */
export const ROLE_WORDS = {
  VIEWER: 'reads',
  OPERATOR: 'also wakes, drains, pauses, resizes and overrides schedules',
  OWNER: 'may do everything',
} as const;

/** When an API token was last used. */
export const lastUse = (at: string | null, now: number): string =>
  at === null ? 'not yet' : `${duration(now - Date.parse(at))} ago`;

/** When it ends. */
export function endOf(expiresAt: string | null, realNow: number): string {
  if (expiresAt === null) return 'never';
  return Date.parse(expiresAt) <= realNow ? 'has ended' : `${dayOf(expiresAt)} ${expiresAt.slice(0, 4)}`;
}

/** The last instant of a day, UTC; empty for none. What is no day is passed on: the API says what is wrong with it. */
export const endOfDay = (day: string): string | null => (day === '' ? null : `${day}T23:59:59Z`);
