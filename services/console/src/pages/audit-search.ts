import * as v from 'valibot';

/** What the address of the audit log says: after which entry its page begins; the newest without one. */
export const auditSearch = v.object({ after: v.optional(v.fallback(v.string(), '')) });
