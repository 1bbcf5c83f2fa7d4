/** Somebody at the console. */
export interface Session {
  readonly hash: Uint8Array;
  readonly organizationId: string;
  /** The token it was begun with, and ends with. */
  readonly apiTokenId: string;
  readonly expiresAt: Date;
}

const LONGEST_MS = 12 * 3_600_000;

/** When a session ends that begins now: after a working day, and never later than the token that it was begun with. */
export function sessionEnd(now: Date, tokenExpiresAt: Date | null): Date {
  const end = new Date(now.getTime() + LONGEST_MS);
  return tokenExpiresAt && tokenExpiresAt < end ? tokenExpiresAt : end;
}
