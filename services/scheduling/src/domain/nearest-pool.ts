import type { MatchingPool } from './job-matching.js';

/** A pool that has some of a job's tags, and those that it has not. */
export interface NearestPool {
  readonly name: string;
  readonly lacks: readonly string[];
}

interface Candidate extends Pick<MatchingPool, 'id' | 'tags'> {
  readonly name: string;
}

/** The pool that lacks the fewest of these tags, of several the oldest; undefined where none has any of them. */
export function nearestPool(tags: readonly string[], pools: readonly Candidate[]): NearestPool | undefined {
  const [nearest] = pools
    .map(({ id, name, tags: its }) => ({ id, name, lacks: tags.filter((tag) => !its.includes(tag)) }))
    .filter(({ lacks }) => lacks.length < tags.length)
    // Ids begin with their time of birth.
    .sort((a, b) => a.lacks.length - b.lacks.length || (a.id < b.id ? -1 : 1));
  return nearest && { name: nearest.name, lacks: nearest.lacks };
}
