import * as v from 'valibot';

/** What the address of the cost says: which time, and which pool. */
export const costSearch = v.object({
  period: v.optional(v.fallback(v.picklist(['7d', '30d', '90d', 'month', 'last-month']), '30d')),
  /** Id of a pool; all without one. */
  pool: v.optional(v.fallback(v.string(), '')),
});
