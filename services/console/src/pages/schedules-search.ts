import * as v from 'valibot';

/** What the address of the schedules says: which one, and the Monday of which week. */
export const schedulesSearch = v.object({
  schedule: v.optional(v.fallback(v.string(), '')),
  week: v.optional(v.fallback(v.pipe(v.string(), v.isoDate()), '')),
});
