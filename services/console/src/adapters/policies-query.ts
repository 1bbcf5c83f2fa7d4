import { queryOptions } from '@tanstack/react-query';
import { allPages } from './all-pages.js';
import { PoliciesDocument, type PoliciesQuery } from './generated/graphql.js';
import { ask } from './graphql.js';
import { AGAIN_MS } from './queries.js';

export type Policy = NonNullable<PoliciesQuery['firewallPolicies']>['nodes'][number];

/** Firewall policies: what each says, which pools have it, and whether it was seen in force. */
export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) =>
    allPages<Policy>(async (after) => {
      const { data, missing } = await ask(PoliciesDocument, { after }, signal);
      return { page: data.firewallPolicies, missing };
    }),
  refetchInterval: AGAIN_MS,
});
