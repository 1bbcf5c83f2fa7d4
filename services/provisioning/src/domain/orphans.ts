/** Something at a provider that carries our labels and that nobody here knows. */
export interface Stray {
  readonly id: number;
  readonly created: Date;
}

export interface SweepResult {
  /** Seen for the second time: to be deleted. */
  readonly orphans: readonly number[];
  /** Seen for the first time: to be remembered until the next look. */
  readonly sighted: readonly number[];
  /** So many that something is wrong with us rather than with them: nothing is deleted. */
  readonly braked: boolean;
}

/** Younger ones may belong to an order whose answer is still on its way. */
export const STRAY_MIN_AGE_MS = 120_000;

const BRAKE_MIN = 3;
const BRAKE_SHARE = 0.2;

/**
 * Judges strays by two sightings. The brake: more than 3 and more than a fifth of all that is ours looks like a
 * database restored from an old backup, and then deleting would be the disaster.
 */
export function judgeStrays(
  strays: readonly Stray[],
  sightedBefore: ReadonlySet<number>,
  allOfOurs: number,
  now: Date,
): SweepResult {
  const old = strays
    .filter(({ created }) => now.getTime() - created.getTime() >= STRAY_MIN_AGE_MS)
    .map(({ id }) => id);
  if (old.length > Math.max(BRAKE_MIN, allOfOurs * BRAKE_SHARE))
    return { orphans: [], sighted: old, braked: true };
  return {
    orphans: old.filter((id) => sightedBefore.has(id)),
    sighted: old.filter((id) => !sightedBefore.has(id)),
    braked: false,
  };
}
