import { queryOptions } from '@tanstack/react-query';
import { found } from './found.js';
import { RunnerDocument, type RunnerQuery } from './generated/graphql.js';
import { ask } from './graphql.js';
import { AGAIN_MS } from './queries.js';

export type RunnerDetails = NonNullable<RunnerQuery['runner']>;
export type MachineLife = NonNullable<RunnerDetails['machine']>;

/**
 * One runner with everything that is known of it.
 *
 * @param first of its timeline and its machines
 */
export const runnerQuery = (id: string, first: number) =>
  queryOptions({
    queryKey: ['runner', id, first],
    queryFn: async ({ signal }) => {
      const { data, missing } = await ask(RunnerDocument, { id, first }, signal);
      return { runner: found(data.runner, missing), missing };
    },
    refetchInterval: AGAIN_MS,
    // More of the same runner is asked for: what is there stays.
    placeholderData: (shown, query) => (query?.queryKey[1] === id ? shown : undefined),
  });
