import * as v from 'valibot';

const text = v.optional(v.fallback(v.pipe(v.unknown(), v.transform(String)), ''));

/** What the address of the fleet says: which view, and which runners. */
export const fleetSearch = v.object({
  view: v.optional(v.fallback(v.picklist(['seats', 'list']), 'seats')),
  /** States by their words: `busy.idle`. */
  state: text,
  /** Id of a pool. */
  pool: text,
  /** Part of a runner's name. */
  q: text,
});

export type FleetSearch = v.InferOutput<typeof fleetSearch>;
