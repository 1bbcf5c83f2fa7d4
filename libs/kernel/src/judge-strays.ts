import { areVeryMany } from './are-very-many.js';

/** Something at a provider that carries our labels and that nobody here knows. */
export interface Stray {
  readonly id: number;
  readonly created: Date;
  /** It says of itself what only a memory of ours could have told it that we no longer have. */
  readonly isAheadOfUs?: boolean;
}

export interface JudgedStrays {
  /** Seen for the second time: to be deleted. */
  readonly orphans: readonly number[];
  /** To be remembered until the next look, the orphans too: a deletion may fail. */
  readonly sighted: readonly number[];
  /** So many that something is wrong with us rather than with them: nothing is deleted. */
  readonly braked: boolean;
}

/** Younger ones may belong to an order whose answer is still on its way. */
export const STRAY_MIN_AGE_MS = 120_000;

/**
 * Judges strays by two sightings. Very many look like a database restored from an old backup, and then deleting would
 * be the disaster; one that is ahead of us proves it.
 *
 * @param allOfOurs how many things of their kind carry our labels there, the known ones too
 */
export function judgeStrays(
  strays: readonly Stray[],
  sightedBefore: ReadonlySet<number>,
  allOfOurs: number,
  now: Date,
): JudgedStrays {
  const old = strays.filter(({ created }) => now.getTime() - created.getTime() >= STRAY_MIN_AGE_MS);
  const sighted = old.map(({ id }) => id);
  const braked = areVeryMany(sighted.length, allOfOurs) || old.some(({ isAheadOfUs }) => isAheadOfUs);
  return { orphans: braked ? [] : sighted.filter((id) => sightedBefore.has(id)), sighted, braked };
}
