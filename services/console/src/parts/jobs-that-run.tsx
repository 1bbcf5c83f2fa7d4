import { Link } from '@tanstack/react-router';
import type { RunningJob } from '../adapters/running-jobs-query.js';
import { useNow } from '../adapters/use-now.js';
import { amountOf, duration } from '../domain/say.js';
import { JobName } from './job-name.js';

interface JobsThatRunProps {
  readonly jobs: readonly RunningJob[];
  readonly total: number;
}

/** Jobs that run, with the time that each had waited. */
export function JobsThatRun({ jobs, total }: JobsThatRunProps) {
  return (
    <section className="card part" aria-labelledby="running">
      <h2 id="running">
        Running{' '}
        {total > jobs.length && <span className="muted">the latest {amountOf(jobs.length, 'job')}</span>}
      </h2>
      {jobs.length === 0 ? (
        <p className="muted">None.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col" className="wide">
                Project
              </th>
              <th scope="col">Runner</th>
              <th scope="col" className="figure wide">
                Waited
              </th>
              <th scope="col" className="figure">
                Runs for
              </th>
            </tr>
          </thead>
          <tbody>
            {jobs.map((job) => (
              <Row key={job.id} job={job} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ job }: { readonly job: RunningJob }) {
  const now = useNow();
  const { gitlabJobId, projectPath, queuedAt, startedAt, runner } = job;
  const started = startedAt === null ? now : Date.parse(startedAt);
  return (
    <tr>
      <th scope="row">
        <JobName job={job} /> <span className="muted wide">#{gitlabJobId}</span>
      </th>
      <td className="wide">{projectPath}</td>
      <td>
        {runner ? (
          <Link to="/runners/$runnerId" params={{ runnerId: runner.id }}>
            {runner.name}
          </Link>
        ) : (
          '–'
        )}
      </td>
      <td className="figure wide">{duration(started - Date.parse(queuedAt))}</td>
      <td className="figure">{duration(now - started)}</td>
    </tr>
  );
}
