import { queryOptions } from '@tanstack/react-query';
import { found } from './found.js';
import { RunningJobsDocument, type RunningJobsQuery } from './generated/graphql.js';
import { ask } from './graphql.js';
import { AGAIN_MS, RUNNING_JOBS } from './queries.js';

export type RunningJob = NonNullable<RunningJobsQuery['jobs']>['nodes'][number];

/** The latest jobs that run, and how many do. */
export const runningJobsQuery = queryOptions({
  queryKey: RUNNING_JOBS,
  queryFn: async ({ signal }) => {
    const { data, missing } = await ask(RunningJobsDocument, {}, signal);
    const jobs = found(data.jobs, missing);
    return { items: jobs?.nodes ?? [], total: jobs?.totalCount ?? 0, missing };
  },
  refetchInterval: AGAIN_MS,
});
