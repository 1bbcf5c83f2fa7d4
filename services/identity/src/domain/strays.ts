import { areVeryMany } from './brake.js';

/** An address that carries our labels and that nobody here knows. */
export interface Stray {
  readonly id: number;
  readonly created: Date;
}

/** Younger ones may belong to a reservation whose answer is still on its way. */
const MIN_AGE_MS = 120_000;

/** Judges strays by two sightings. Very many look like a database restored from an old backup: then nothing is deleted. */
export function judgeStrays(
  strays: readonly Stray[],
  sightedBefore: ReadonlySet<number>,
  allOfOurs: number,
  now: Date,
) {
  const old = strays
    .filter(({ created }) => now.getTime() - created.getTime() >= MIN_AGE_MS)
    .map(({ id }) => id);
  if (areVeryMany(old.length, allOfOurs)) return { orphans: [], sighted: old, braked: true };
  return {
    orphans: old.filter((id) => sightedBefore.has(id)),
    sighted: old.filter((id) => !sightedBefore.has(id)),
    braked: false,
  };
}
