import { QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import { allPages } from './all-pages.js';
import {
  PoolsDocument,
  WaitingJobsDocument,
  type PoolsQuery,
  type WaitingJobsQuery,
} from './generated/graphql.js';
import { ask } from './graphql.js';
import { readSession, SignedOut } from './session.js';
import { today } from './today.js';

export type Pool = NonNullable<PoolsQuery['runnerPools']>['nodes'][number];
export type WaitingJob = NonNullable<WaitingJobsQuery['jobs']>['nodes'][number];

/** What no change tells of is asked for again so often. */
export const AGAIN_MS = 5_000;

const retry = (failures: number, error: Error): boolean => !(error instanceof SignedOut) && failures < 2;

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error) => error instanceof SignedOut && noteSignedOut() }),
  defaultOptions: { queries: { retry, staleTime: 1_000, refetchOnWindowFocus: true } },
});

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => (await readSession()) ?? null,
  staleTime: 60_000,
  retry: false,
});

/** Pools with what they want, why, and what they cost today (UTC). */
export const poolsQuery = queryOptions({
  queryKey: ['pools'],
  queryFn: ({ signal }) =>
    allPages<Pool>(async (after) => {
      const { data, missing } = await ask(PoolsDocument, { after, ...today() }, signal);
      return { page: data.runnerPools, missing };
    }),
  refetchInterval: AGAIN_MS,
});

/** Jobs that wait; the API tells the newest first, and people ask about the oldest. */
export const waitingJobsQuery = queryOptions({
  queryKey: ['waiting-jobs'],
  queryFn: async ({ signal }) => {
    const listed = await allPages<WaitingJob>(async (after) => {
      const { data, missing } = await ask(WaitingJobsDocument, { after }, signal);
      return { page: data.jobs, missing };
    });
    return { ...listed, items: listed.items.toReversed() };
  },
  refetchInterval: AGAIN_MS,
});

/** Key of the jobs that run, which are asked for by a page of their own. */
export const RUNNING_JOBS: readonly string[] = ['running-jobs'];

/** The session is over: whoever looks is led to where one signs in, and nothing that was read is kept. */
export function noteSignedOut(): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
  queryClient.setQueryData(sessionQuery.queryKey, null);
}
