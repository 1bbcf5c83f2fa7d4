import { useQuery } from '@tanstack/react-query';
import { waitingJobsQuery, type WaitingJob } from '../adapters/queries.js';
import { useNow } from '../adapters/use-now.js';
import { duration } from '../domain/say.js';
import { whyWaiting } from '../domain/why-waiting.js';
import { TroubleList, type Trouble } from './trouble-list.js';

/** Jobs that wait, each with its reason and what happens next. */
export function WaitingJobs() {
  const now = useNow();
  const { data, error } = useQuery(waitingJobsQuery);
  const jobs = data?.items ?? [];
  const none = error ? error.message : data ? 'None. Every job has its runner.' : 'Loading …';
  return (
    <TroubleList
      id="jobs-that-wait"
      title="Jobs that wait"
      noun="job"
      troubles={jobs.map((job) => troubleOf(job, now))}
      total={data?.total ?? 0}
      none={none}
      isCalm={!error && data?.items.length === 0}
    />
  );
}

const troubleOf = (job: WaitingJob, now: number): Trouble => ({
  id: job.id,
  name: job.name,
  detail: job.projectPath,
  age: duration(now - Date.parse(job.queuedAt)),
  because: whyWaiting(job, now),
});
