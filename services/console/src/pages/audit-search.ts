import * as v from 'valibot';

/** What the address of the audit log says: where its page begins, and whose entries are on it. */
export const auditSearch = v.object({
  /** The entry before; the newest comes first without one. */
  after: v.optional(v.fallback(v.string(), '')),
  machines: v.optional(v.fallback(v.picklist(['hidden', 'shown']), 'hidden')),
});
