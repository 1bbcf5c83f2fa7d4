import { queryOptions } from '@tanstack/react-query';
import { found } from './found.js';
import { PoolDocument, type PoolQuery } from './generated/graphql.js';
import { ask } from './graphql.js';
import { AGAIN_MS } from './queries.js';
import { today } from './today.js';

export type PoolDetails = NonNullable<PoolQuery['runnerPool']>;

/** One pool with everything that it is to be. */
export const poolQuery = (id: string) =>
  queryOptions({
    queryKey: ['pool', id],
    queryFn: async ({ signal }) => {
      const { data, missing } = await ask(PoolDocument, { id, ...today() }, signal);
      return { pool: found(data.runnerPool, missing), missing };
    },
    refetchInterval: AGAIN_MS,
  });
