import { useQuery } from '@tanstack/react-query';
import { waitingJobsQuery } from '../adapters/queries.js';
import { runningJobsQuery } from '../adapters/running-jobs-query.js';
import { number } from '../domain/say.js';
import { JobsThatRun } from '../parts/jobs-that-run.js';
import { JobsThatWait } from '../parts/jobs-that-wait.js';
import { PageHead } from '../parts/page-head.js';
import { SilenceLine } from '../parts/silence-line.js';
import { Skeleton } from '../parts/skeleton.js';
import { UnreadablePage } from '../parts/unreadable-page.js';

/** Every job that is not over: those that wait and why, then those that run. */
export function JobsPage() {
  const waiting = useQuery(waitingJobsQuery);
  const running = useQuery(runningJobsQuery);
  const error = waiting.error ?? running.error;
  const retry = () => {
    void waiting.refetch();
    void running.refetch();
  };
  if (error && !(waiting.data && running.data))
    return <UnreadablePage title="Jobs" error={error} onRetry={retry} />;
  if (!waiting.data || !running.data) return <Reading />;
  return (
    <div className="page">
      <PageHead title="Jobs" lead={<Lead waiting={waiting.data.total} running={running.data.total} />} />
      <SilenceLine missing={[...waiting.data.missing, ...running.data.missing]} error={error} />
      <JobsThatWait jobs={waiting.data.items} />
      <JobsThatRun jobs={running.data.items} total={running.data.total} />
    </div>
  );
}

const Lead = ({ waiting, running }: { readonly waiting: number; readonly running: number }) => (
  <p className="lead">
    <b>{number(waiting)}</b> {waiting === 1 ? 'waits' : 'wait'}, <b>{number(running)}</b>{' '}
    {running === 1 ? 'runs' : 'run'}.
  </p>
);

const Reading = () => (
  <div className="page">
    <PageHead title="Jobs" lead={<p className="lead">Loading …</p>} />
    <Skeleton />
  </div>
);
