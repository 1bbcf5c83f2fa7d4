const HOUR = 3_600_000;

/**
 * Hours that Hetzner bills for something that existed from `created` to `ended` (milliseconds): every started hour,
 * counted from its own creation, and at least one.
 */
export const startedHours = (created: number, ended: number): number =>
  Math.max(1, Math.ceil((ended - created) / HOUR));
