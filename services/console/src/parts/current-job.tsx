import type { RunnerDetails } from '../adapters/runner-query.js';
import { useNow } from '../adapters/use-now.js';
import { duration } from '../domain/say.js';
import { whyMissing, type MissingPart } from '../domain/who-answers.js';
import { JobName } from './job-name.js';

interface CurrentJobProps {
  readonly job: RunnerDetails['currentJob'];
  readonly missing: readonly MissingPart[];
}

/** The job that a runner runs. */
export function CurrentJob({ job, missing }: CurrentJobProps) {
  const now = useNow();
  return (
    <section className="card part" aria-labelledby="current-job">
      <h2 id="current-job">Current job</h2>
      {job ? (
        <p>
          <strong>
            <JobName job={job} />
          </strong>{' '}
          <span className="muted">of</span> {job.projectPath}{' '}
          <span className="muted">
            #{job.gitlabJobId}
            {job.startedAt && `, running for ${duration(now - Date.parse(job.startedAt))}`}
          </span>
        </p>
      ) : (
        <p className="muted">{whyMissing(missing, 'currentJob') ?? 'None.'}</p>
      )}
    </section>
  );
}
