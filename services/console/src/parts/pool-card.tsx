import { Link } from '@tanstack/react-router';
import type { LiveStatus } from '../adapters/live-fleet.js';
import type { Pool } from '../adapters/queries.js';
import { isAwake, type RunnerState } from '../domain/runner-states.js';
import { choice, money, number, sentence } from '../domain/say.js';
import { PoolTrouble } from './pool-trouble.js';
import { SeatMap } from './seat-map.js';

interface PoolCardProps {
  readonly pool: Pool;
  readonly live: LiveStatus;
  readonly states: ReadonlySet<RunnerState>;
}

/** One pool: what it is, what it is to be, what it costs, each of its seats, and why. */
export function PoolCard({ pool, live: { fleet, revision }, states }: PoolCardProps) {
  const { id, name, serverTypes, locations, capacity } = pool;
  return (
    <section className="card pool" aria-labelledby={`name-of-${id}`}>
      <header className="pool-head">
        <h2 id={`name-of-${id}`}>
          <Link to="/pools/$poolId" params={{ poolId: id }}>
            {name}
          </Link>
        </h2>
        <p className="muted">
          {choice(serverTypes)} in {locations.join(', ')}
        </p>
        {(pool.paused || pool.deleting) && (
          <span className="badge">{pool.deleting ? 'Being deleted' : 'Paused'}</span>
        )}
        <PoolFacts pool={pool} awake={awakeOf(pool, fleet.isComplete ? fleet.seatsOf(id) : undefined)} />
      </header>
      <SeatMap {...{ fleet, revision, poolId: id, name, states }} />
      <p className="pool-because muted">
        {capacity ? sentence(capacity.because) : 'How many runners it wants is not known at the moment.'}
      </p>
      <PoolTrouble poolId={id} />
    </section>
  );
}

function PoolFacts({
  pool: { size, capacity, cost },
  awake,
}: {
  readonly pool: Pool;
  readonly awake: number;
}) {
  return (
    <dl className="facts">
      <div>
        <dt>awake</dt>
        <dd>
          {number(awake)}
          <span className="muted">/{number(size)}</span>
        </dd>
      </div>
      <div>
        <dt>wanted</dt>
        <dd>{capacity ? number(capacity.wanted) : '–'}</dd>
      </div>
      <div>
        <dt>queued</dt>
        <dd className={capacity && capacity.queued > 0 ? 'warn' : undefined}>
          {capacity ? number(capacity.queued) : '–'}
        </dd>
      </div>
      <div>
        <dt>today</dt>
        <dd>{cost ? money(cost.total) : '–'}</dd>
      </div>
    </dl>
  );
}

/** The server's count until every seat is known. */
function awakeOf({ stateCounts }: Pool, seats: readonly { state: RunnerState }[] | undefined): number {
  if (seats) return seats.filter(({ state }) => isAwake(state)).length;
  return stateCounts.reduce((sum, { state, count }) => sum + (isAwake(state) ? count : 0), 0);
}
