import type { Hook } from '../model.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** From so many failures in a row on, a hook rests: a minute, then twice as long each time. */
const REST_FROM = 4;
const GIVE_UP_AT = 40;

type Health = Pick<Hook, 'recentFailures' | 'disabledUntil'>;

/** GitLab's word for how a hook fares. */
export function hookHealth(hook: Health, now: Date): 'executable' | 'temporarily_disabled' | 'disabled' {
  if (hook.recentFailures >= GIVE_UP_AT) return 'disabled';
  const resting = hook.disabledUntil !== null && Date.parse(hook.disabledUntil) > now.getTime();
  return resting ? 'temporarily_disabled' : 'executable';
}

/** What a delivery makes of a hook's health. */
export function afterDelivery(hook: Health, succeeded: boolean, now: Date): Health {
  if (succeeded) return { recentFailures: 0, disabledUntil: null };
  const recentFailures = hook.recentFailures + 1;
  if (recentFailures < REST_FROM) return { recentFailures, disabledUntil: hook.disabledUntil };
  const rest = Math.min(MINUTE * 2 ** (recentFailures - REST_FROM), DAY);
  return { recentFailures, disabledUntil: new Date(now.getTime() + rest).toISOString() };
}
