import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useLive, useLiveFleet } from '../adapters/live-context.js';
import { poolsQuery, queryClient, waitingJobsQuery, type Pool } from '../adapters/queries.js';
import { NoAnswer } from '../adapters/session.js';
import { useMay } from '../adapters/use-may.js';
import type { RunnerState } from '../domain/runner-states.js';
import { silence, silentServices } from '../domain/who-answers.js';
import { FailedRunners } from '../parts/failed-runners.js';
import { FleetSentence } from '../parts/fleet-sentence.js';
import { Notice } from '../parts/notice.js';
import { StateChips } from '../parts/state-chips.js';
import { WaitingJobs } from '../parts/waiting-jobs.js';
import { FleetSeats } from './fleet-seats.js';
import { useFleetFilter } from './use-fleet-filter.js';

const FleetList = lazy(() => import('./fleet-list.js').then((module) => ({ default: module.FleetList })));

/** The fleet, live: what is wrong first, then every seat. */
export function FleetPage() {
  const { view } = useSearch({ from: '/shell/' });
  const { data: pools, error, refetch } = useQuery(poolsQuery);
  const { filter, chooseStates } = useFleetFilter();
  const countOf = useCounts(pools?.items);
  const mayOwn = useMay('OWNER');
  useUnknownPools(pools?.items);
  if (!pools && error) return <Unreadable error={error} onRetry={() => void refetch()} />;
  if (pools?.items.length === 0) return <NoPool />;
  return (
    <div className="fleet">
      <title>Fleet · Cleanroom</title>
      <header className="page-head">
        <div>
          <h1>Fleet</h1>
          <FleetSentence countOf={countOf} />
        </div>
        <div className="page-actions">
          {mayOwn && (
            <Link className="button" to="/pools/new">
              New pool
            </Link>
          )}
          <ViewSwitch />
        </div>
      </header>
      <StateChips countOf={countOf} chosen={filter.states} onChoose={chooseStates} />
      <Silence missing={error ? missingFrom(error) : (pools?.missing ?? [])} />
      <div className="fleet-body">
        <aside className="fleet-troubles" aria-label="What is wrong">
          <WaitingJobs />
          <FailedRunners />
        </aside>
        <div className="fleet-view">
          {view === 'list' ? <List pools={pools?.items} /> : <FleetSeats pools={pools?.items} />}
        </div>
      </div>
    </div>
  );
}

const List = ({ pools = [] }: { readonly pools: readonly Pool[] | undefined }) => (
  <Suspense fallback={<p className="muted">Loading …</p>}>
    <FleetList pools={pools} />
  </Suspense>
);

/** How many runners are in a state: the server's counts until every runner is known, then those of what is shown. */
function useCounts(pools: readonly Pool[] | undefined): ((state: RunnerState) => number) | undefined {
  const { fleet } = useLive();
  if (fleet.isComplete) return (state) => fleet.count(state);
  if (!pools) return undefined;
  const counts = pools.flatMap(({ stateCounts }) => stateCounts);
  return (state) => counts.filter((one) => one.state === state).reduce((sum, { count }) => sum + count, 0);
}

/** A runner of a pool that nobody has heard of: the pool is new. */
function useUnknownPools(pools: readonly Pool[] | undefined): void {
  const { fleet } = useLive();
  const isUnknown =
    pools !== undefined && fleet.poolIds().some((id) => pools.every((pool) => pool.id !== id));
  useEffect(() => {
    if (isUnknown) void queryClient.invalidateQueries(poolsQuery);
  }, [isUnknown]);
}

function ViewSwitch() {
  const { view = 'seats' } = useSearch({ from: '/shell/' });
  return (
    <nav className="switch" aria-label="View">
      {(['seats', 'list'] as const).map((name) => (
        <Link
          key={name}
          from="/"
          to="/"
          search={(before) => ({ ...before, view: name === 'seats' ? undefined : name })}
          aria-current={view === name ? 'true' : undefined}
          activeOptions={{ exact: true, includeSearch: true }}
          activeProps={{}}
          resetScroll={false}
        >
          {name === 'seats' ? 'Seats' : 'List'}
        </Link>
      ))}
    </nav>
  );
}

/** Which services do not answer; the rest of the page stays. */
function Silence({ missing }: { readonly missing: Parameters<typeof silentServices>[0] }) {
  const { error } = useQuery(waitingJobsQuery);
  const { trouble, phase } = useLive();
  const silent = silentServices([...missing, ...missingFrom(error)]);
  const said = silence(silent) || (phase === 'loading' ? (trouble?.message ?? '') : '');
  return said ? (
    <p className="silence" role="status">
      {said} What is shown of it may be old.
    </p>
  ) : null;
}

const missingFrom = (error: Error | null) => (error instanceof NoAnswer ? error.missing : []);

function Unreadable({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const { retry } = useLiveFleet();
  const retryAll = () => {
    retry();
    onRetry();
  };
  return (
    <div className="page-alone">
      <h1>Fleet</h1>
      <Notice title="The fleet could not be read." onRetry={retryAll}>
        {error.message}
      </Notice>
    </div>
  );
}

function NoPool() {
  const mayOwn = useMay('OWNER');
  return (
    <div className="page-alone">
      <h1>Fleet</h1>
      <div className="card empty">
        <h2>No pool yet</h2>
        <p>A pool is a wish: so many runners of this kind, for this GitLab group.</p>
        <p>Connect Hetzner and GitLab, then create the first.</p>
        {mayOwn && (
          <p>
            <Link className="button" to="/set-up">
              Set up
            </Link>
          </p>
        )}
      </div>
    </div>
  );
}
