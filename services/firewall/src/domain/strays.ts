/** A firewall that carries our labels and that nobody here knows. */
export interface Stray {
  readonly id: number;
  readonly created: Date;
}

/** Younger ones may belong to a creation whose answer is still on its way. */
const MIN_AGE_MS = 120_000;

const BRAKE_MIN = 3;
const BRAKE_SHARE = 0.2;

/**
 * Judges strays by two sightings. More than 3 and more than a fifth of all that is ours look like a database restored from
 * an old backup: then nothing is deleted.
 */
export function judgeStrays(
  strays: readonly Stray[],
  sightedBefore: ReadonlySet<number>,
  allOfOurs: number,
  now: Date,
) {
  const old = strays
    .filter(({ created }) => now.getTime() - created.getTime() >= MIN_AGE_MS)
    .map(({ id }) => id);
  if (old.length > Math.max(BRAKE_MIN, allOfOurs * BRAKE_SHARE))
    return { orphans: [], sighted: old, braked: true };
  return { orphans: old.filter((id) => sightedBefore.has(id)), sighted: old, braked: false };
}
