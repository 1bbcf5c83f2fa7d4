import type { Clock } from '@cleanroom/kernel';

/** A socket to a service is made anew after this time at the latest. */
const LONGEST_MS = 24 * 3_600_000;

/** Real milliseconds until a socket must end whose token ends at `expiresAt` of the product's clock. */
export function millisecondsToEnd(expiresAt: Date | undefined, clock: Clock): number {
  if (!expiresAt) return LONGEST_MS;
  return Math.min(LONGEST_MS, (expiresAt.getTime() - clock.now().getTime()) / clock.factor);
}
