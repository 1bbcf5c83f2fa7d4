import { queryOptions } from '@tanstack/react-query';
import { found } from './found.js';
import {
  SchedulesDocument,
  SchedulesOfPoolsDocument,
  type SchedulesOfPoolsQuery,
  type SchedulesQuery,
} from './generated/graphql.js';
import { ask } from './graphql.js';

export type Schedule = NonNullable<SchedulesQuery['schedules']>['nodes'][number];
export type PoolOfSchedule = NonNullable<SchedulesOfPoolsQuery['runnerPools']>['nodes'][number];

const AGAIN_MS = 15_000;

export const schedulesQuery = queryOptions({
  queryKey: ['schedules'],
  queryFn: async ({ signal }) => {
    const { data, missing } = await ask(SchedulesDocument, {}, signal);
    return found(data.schedules, missing)?.nodes ?? [];
  },
  refetchInterval: AGAIN_MS,
});

/** Which pool follows which schedule. */
export const schedulesOfPoolsQuery = queryOptions({
  queryKey: ['schedules-of-pools'],
  queryFn: async ({ signal }) => {
    const { data, missing } = await ask(SchedulesOfPoolsDocument, {}, signal);
    return { pools: found(data.runnerPools, missing)?.nodes ?? [], missing };
  },
  refetchInterval: AGAIN_MS,
});
