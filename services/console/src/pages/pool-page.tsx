import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useLive } from '../adapters/live-context.js';
import { poolQuery, type PoolDetails as Details } from '../adapters/pool-query.js';
import { isAwake, type RunnerState } from '../domain/runner-states.js';
import { amountOf, number, sentence } from '../domain/say.js';
import { whyMissing, type MissingPart } from '../domain/who-answers.js';
import { PageHead } from '../parts/page-head.js';
import { PoolActions } from '../parts/pool-actions.js';
import { PoolDetails } from '../parts/pool-details.js';
import { PoolTrouble } from '../parts/pool-trouble.js';
import { SeatMap } from '../parts/seat-map.js';
import { SilenceLine } from '../parts/silence-line.js';
import { Skeleton } from '../parts/skeleton.js';
import { UnreadablePage } from '../parts/unreadable-page.js';
import { NoSuchThing } from './no-such-thing.js';

/** One pool: what it wants now and why, its runners, and what it is to be. */
export function PoolPage() {
  const { poolId } = useParams({ from: '/shell/pools/$poolId' });
  const { data, error, refetch } = useQuery(poolQuery(poolId));
  if (!data && error) return <UnreadablePage title="Pool" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Reading />;
  const { pool, missing } = data;
  if (!pool) return <NoSuchThing what="pool" />;
  return (
    <div className="page">
      <PageHead title={pool.name} crumbs={<Link to="/">Fleet</Link>} lead={<Lead {...{ pool, missing }} />}>
        <PoolActions pool={pool} />
      </PageHead>
      <SilenceLine error={error} />
      {(pool.paused || pool.deleting) && (
        <p className="silence" role="status">
          {pool.deleting
            ? 'It is being deleted: running jobs finish, then its machines and static IPs go.'
            : 'It is paused: no machine is ordered, and jobs wait.'}
        </p>
      )}
      <Runners pool={pool} />
      <PoolDetails pool={pool} missing={missing} />
    </div>
  );
}

interface LeadProps {
  readonly pool: Details;
  readonly missing: readonly MissingPart[];
}

function Lead({ pool: { size, stateCounts, capacity }, missing }: LeadProps) {
  const awake = stateCounts.reduce((sum, { state, count }) => sum + (isAwake(state) ? count : 0), 0);
  return (
    <p className="lead">
      <b>{number(awake)}</b> of {amountOf(size, 'runner')} awake
      {capacity && (
        <>
          , <b>{number(capacity.wanted)}</b> wanted
        </>
      )}
      . {capacity ? sentence(capacity.because) : whyMissing(missing, 'capacity')}
    </p>
  );
}

function Runners({ pool: { id, name } }: { readonly pool: Details }) {
  const { fleet, revision } = useLive();
  const states = useMemo<ReadonlySet<RunnerState>>(() => new Set(), []);
  return (
    <section className="card part" aria-labelledby="runners">
      <h2 id="runners">Runners</h2>
      <SeatMap {...{ fleet, revision, poolId: id, name, states }} />
      <PoolTrouble poolId={id} />
      <p>
        <Link to="/" search={{ view: 'list', pool: id }}>
          As a list
        </Link>
      </p>
    </section>
  );
}

const Reading = () => (
  <div className="page">
    <PageHead title="Pool" lead={<p className="lead">Loading …</p>} />
    <Skeleton />
  </div>
);
