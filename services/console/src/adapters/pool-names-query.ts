import { queryOptions } from '@tanstack/react-query';
import { allPages } from './all-pages.js';
import { PoolNamesDocument, type PoolNamesQuery } from './generated/graphql.js';
import { ask } from './graphql.js';

export type PoolName = NonNullable<PoolNamesQuery['runnerPools']>['nodes'][number];

/** Which pools there are, where nothing else of them matters. */
export const poolNamesQuery = queryOptions({
  queryKey: ['pool-names'],
  queryFn: ({ signal }) =>
    allPages<PoolName>(async (after) => {
      const { data, missing } = await ask(PoolNamesDocument, { after }, signal);
      return { page: data.runnerPools, missing };
    }),
});
