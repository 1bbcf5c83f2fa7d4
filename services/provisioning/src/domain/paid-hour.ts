const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** An unwanted machine goes to sleep this long before its paid hour ends. */
export const SLEEP_BEFORE_END_MS = 3 * MINUTE_MS;

/**
 * And no later than this: its GitLab runner is drained and deleted first. What comes too late for the server's deletion
 * buys an hour that nobody uses, so it stays for the whole of that hour instead.
 */
export const LATEST_SLEEP_BEFORE_END_MS = 2 * MINUTE_MS;

/** No deletion is first sent later than this before the hour ends: its answer may be lost, and then the end is a guess. */
export const LATEST_DELETE_BEFORE_END_MS = MINUTE_MS;

/** A rebuild pays while this much of the hour remains, even for a runner that nobody wants now. */
export const REBUILD_PAYS_MS = 5 * MINUTE_MS;

/** The end of the started hour in which `now` lies; hours count from the server's own creation. */
export function paidUntil(createdAt: Date, now: Date): Date {
  const started = Math.floor(Math.max(now.getTime() - createdAt.getTime(), 0) / HOUR_MS) + 1;
  return new Date(createdAt.getTime() + started * HOUR_MS);
}

/** When an unwanted machine is to sleep: just before its hour ends, or before the next one's end if that is too near. */
export const sleepAt = (createdAt: Date, now: Date): Date =>
  beforeEnd(createdAt, now, LATEST_SLEEP_BEFORE_END_MS);

/**
 * When a machine is to go whose next hour nobody may pay for: likewise, but it is still tried where it may be too late.
 * Once it certainly is, the next hour is as good as begun, and is used.
 */
export const leaveAt = (createdAt: Date, now: Date): Date =>
  beforeEnd(createdAt, now, LATEST_DELETE_BEFORE_END_MS);

function beforeEnd(createdAt: Date, now: Date, latest: number): Date {
  const end = paidUntil(createdAt, now).getTime();
  const tooLate = end - now.getTime() < latest;
  return new Date(end + (tooLate ? HOUR_MS : 0) - SLEEP_BEFORE_END_MS);
}

/** The next moment, of those at which an unwanted machine sleeps, that has not come yet. */
export function nextSleepAfter(createdAt: Date, now: Date): Date {
  const sleep = sleepAt(createdAt, now);
  return sleep > now ? sleep : new Date(sleep.getTime() + HOUR_MS);
}

/** The last moment up to `at` from which a machine can still go before another hour of it begins. */
export function lastChance(createdAt: Date, at: Date): Date {
  const latest = paidUntil(createdAt, at).getTime() - SLEEP_BEFORE_END_MS;
  return new Date(Math.min(at.getTime(), latest));
}

/** Whether it is time for an unwanted machine to sleep. */
export const isTimeToSleep = (createdAt: Date, now: Date): boolean => now >= sleepAt(createdAt, now);

/**
 * From when a deletion may be sent for the first time: now, but not in the last minute of an hour. Then the next hour
 * is as good as begun, and an answer that is lost there would leave a guess on the bill.
 */
export function mayDeleteFrom(createdAt: Date, now: Date): Date {
  const end = paidUntil(createdAt, now);
  return end.getTime() - now.getTime() < LATEST_DELETE_BEFORE_END_MS ? end : now;
}

/**
 * Whether cleaning the machine for another job is worth it; otherwise it is deleted. In the last minute of an hour it
 * can only be deleted in the next one, all of which is then paid for.
 */
export function rebuildPays(createdAt: Date, now: Date, wanted: boolean): boolean {
  const left = paidUntil(createdAt, now).getTime() - now.getTime();
  return wanted || left >= REBUILD_PAYS_MS || left < LATEST_DELETE_BEFORE_END_MS;
}
