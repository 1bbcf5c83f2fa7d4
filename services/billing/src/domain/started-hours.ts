const HOUR_MS = 3_600_000;

/**
 * How many hours Hetzner bills for something that existed from `from` to `to`: every started hour, counted from its own
 * creation, and at least one.
 */
export const startedHours = (from: Date, to: Date): number => Math.max(hoursBegunBefore(from, to), 1);

/** How many of the hours that are counted from `start` begin before an instant. */
export const hoursBegunBefore = (start: Date, instant: Date): number =>
  Math.max(Math.ceil((instant.getTime() - start.getTime()) / HOUR_MS), 0);

/** When the hour of that number begins; the first is 0. */
export const beginningOfHour = (start: Date, number: number): Date =>
  new Date(start.getTime() + number * HOUR_MS);
