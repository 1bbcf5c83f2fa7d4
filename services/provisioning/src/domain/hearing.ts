/** What is known of whether machines can reach us. They come by our public origin, where we look for ourselves. */
export interface Hearing {
  /** From when on they could, without a break. */
  readonly since: Date;
  /** When one of them reached us, or we ourselves the origin. */
  readonly reachedAt: Date;
  /** After so long without that we are deaf; milliseconds. */
  readonly deafAfterMs: number;
  /** Our looks in a row that found the origin out of reach. */
  readonly misses: number;
}

/** One look alone may fail for reasons of its own. */
const MISSES_IN_A_ROW = 2;

/** Before the first look. */
export const hearingFrom = (since: Date, deafAfterMs: number): Hearing => ({
  ...{ since, deafAfterMs },
  reachedAt: since,
  misses: 0,
});

/** Whether we ourselves do not reach the origin, whoever else may. */
export const isOutOfReach = ({ misses }: Hearing): boolean => misses >= MISSES_IN_A_ROW;

export const afterMiss = (hearing: Hearing): Hearing => ({ ...hearing, misses: hearing.misses + 1 });

/** We reached the origin. */
export const afterReaching = (hearing: Hearing, now: Date): Hearing => ({
  ...afterMachine(hearing, now),
  misses: 0,
});

/** A machine reached us. */
export const afterMachine = (hearing: Hearing, now: Date): Hearing => ({
  ...hearing,
  since: hearingSince(hearing, now),
  reachedAt: now,
});

/** From when on machines could be heard; while we are deaf that is yet to begin. */
export const hearingSince = ({ since, reachedAt, deafAfterMs }: Hearing, now: Date): Date =>
  now.getTime() - reachedAt.getTime() >= deafAfterMs ? now : since;
