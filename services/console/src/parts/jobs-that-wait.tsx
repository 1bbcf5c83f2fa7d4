import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { WaitingJob } from '../adapters/queries.js';
import { useNow } from '../adapters/use-now.js';
import { amountOf, duration } from '../domain/say.js';
import { whyWaiting } from '../domain/why-waiting.js';
import { JobName } from './job-name.js';

const FIRST = 50;

/** Jobs that wait, the longest first: each with its reason, and what happens next. */
export function JobsThatWait({ jobs }: { readonly jobs: readonly WaitingJob[] }) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? jobs : jobs.slice(0, FIRST);
  return (
    <section className="card part" aria-labelledby="waiting">
      <h2 id="waiting">Waiting, longest first</h2>
      {jobs.length === 0 && <p className="muted">None. Every job has its runner.</p>}
      <ul className="waiting">
        {shown.map((job) => (
          <Item key={job.id} job={job} />
        ))}
      </ul>
      {jobs.length > shown.length && (
        <button className="link-button" type="button" onClick={() => setOpen(true)}>
          Show {amountOf(jobs.length, 'job')}
        </button>
      )}
    </section>
  );
}

function Item({ job }: { readonly job: WaitingJob }) {
  const now = useNow();
  const { projectPath, gitlabJobId, queuedAt, pool, waitingCode } = job;
  return (
    <li>
      <strong>{duration(now - Date.parse(queuedAt))}</strong>
      <div>
        <p>
          <strong>
            <JobName job={job} />
          </strong>{' '}
          <span className="muted">
            {projectPath} · #{gitlabJobId}
          </span>
        </p>
        <p className="muted">{whyWaiting(job, now)}</p>
      </div>
      {pool ? (
        <Link to="/pools/$poolId" params={{ poolId: pool.id }}>
          {pool.name}
        </Link>
      ) : (
        <span className="muted">{waitingCode === 'NO_POOL_MATCHES' ? 'no pool' : '–'}</span>
      )}
    </li>
  );
}
