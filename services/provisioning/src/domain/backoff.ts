const FIRST_MS = 30_000;
const LONGEST_MS = 30 * 60_000;

/** When to wake a runner again after it failed so many times in a row: 30 s, doubling to half an hour. */
export const retryAfterFailures = (failures: number, now: Date): Date =>
  new Date(now.getTime() + Math.min(FIRST_MS * 2 ** Math.max(failures - 1, 0), LONGEST_MS));

/** A machine of no use is replaced, not repaired; its runner rests longer the more often that was so without a job between. */
export const restAfterFailure = (failuresBefore: number, now: Date) => {
  const failures = failuresBefore + 1;
  return { failures, retryAt: retryAfterFailures(failures, now) };
};
