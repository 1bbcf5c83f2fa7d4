import { isAboutCredentials, type ProviderFailure } from './provider-failure.js';
import { locationOf, type StaticIp, type StaticIpTrouble } from './static-ip.js';

const HOUR_SECONDS = 3_600;
/** How long a lost answer can leave the end of an address open. */
const UNCERTAIN_SECONDS = 60;

/** In seconds of the product's clock. */
const SOON = 3;
const LATER = 60;
const WAIT_FOR_CREDENTIALS = 30;

/** What is shown while an address has to wait, and for how long. */
export interface Wait {
  readonly reason: string;
  readonly trouble: StaticIpTrouble | null;
  /** How often locations have refused by now; picks the next one. */
  readonly refusals: number;
  readonly seconds: number;
}

export const waitForCredentials: Omit<Wait, 'refusals'> = {
  reason: 'the Hetzner credentials are not accepted',
  trouble: 'CREDENTIALS',
  seconds: WAIT_FOR_CREDENTIALS,
};

export const waitForLimit: Omit<Wait, 'refusals'> = {
  reason: "Hetzner's limit of Primary IPs is reached: ask Hetzner to raise it, or delete some",
  trouble: 'LIMIT',
  seconds: LATER,
};

/** What follows from a provider's failure. After a whole round of locations that refused, nobody is asked for a while. */
export function waitAfter(
  ip: Pick<StaticIp, 'seat' | 'locations' | 'refusals'>,
  failure: ProviderFailure,
  message: string,
): Wait {
  const { refusals, locations } = ip;
  if (isAboutCredentials(failure)) return { ...waitForCredentials, refusals };
  switch (failure) {
    case 'limit-exceeded':
      return { ...waitForLimit, refusals };
    case 'location-refused': {
      const isRoundOver = (refusals + 1) % Math.max(locations.length, 1) === 0;
      const reason = `no address is to be had in ${isRoundOver ? locations.join(', ') : locationOf(ip)}`;
      return { reason, trouble: null, refusals: refusals + 1, seconds: isRoundOver ? LATER : 0 };
    }
    case 'refused':
    case 'not-found':
      return { reason: message.slice(0, 300), trouble: null, refusals, seconds: LATER };
    default:
      return { reason: message.slice(0, 300), trouble: null, refusals, seconds: SOON };
  }
}

/**
 * When an address may be given back: never within a minute before one of its hours ends, because a lost answer would
 * leave open whether the next hour was begun.
 */
export function releaseNotBefore(createdAt: Date | null, now: Date): Date {
  if (!createdAt) return now;
  const intoHour = ((now.getTime() - createdAt.getTime()) / 1000) % HOUR_SECONDS;
  const left = HOUR_SECONDS - intoHour;
  return left > UNCERTAIN_SECONDS ? now : new Date(now.getTime() + Math.ceil(left * 1000) + 1_000);
}
