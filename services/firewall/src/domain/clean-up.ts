/** Somebody's credentials are not kept for longer than that after they have left, whatever hinders the clean-up. */
const CLEAN_UP_HOURS = 24;

export const isTooLateToCleanUp = (leftAt: Date, now: Date): boolean =>
  now.getTime() - leftAt.getTime() > CLEAN_UP_HOURS * 3_600_000;
