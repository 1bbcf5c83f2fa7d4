import * as v from 'valibot';

/** What the address of the static IPs says: of which pool, and how they are written. */
export const staticIpsSearch = v.object({
  /** Id of a pool; all without one. */
  pool: v.optional(v.fallback(v.string(), '')),
  form: v.optional(v.fallback(v.picklist(['addresses', 'blocks']), 'addresses')),
});
