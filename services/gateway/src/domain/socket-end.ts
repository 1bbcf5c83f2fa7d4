/** A socket to a service is made anew after this time at the latest. */
const LONGEST_MS = 24 * 3_600_000;

/** Milliseconds until a socket must end whose token ends at `expiresAt`, both by the wall clock. */
export function millisecondsToEnd(expiresAt: Date | undefined, now: Date): number {
  if (!expiresAt) return LONGEST_MS;
  return Math.min(LONGEST_MS, expiresAt.getTime() - now.getTime());
}
