import { Link } from '@tanstack/react-router';
import { useNow } from '../adapters/use-now.js';
import { useLive } from '../adapters/live-context.js';
import type { Fleet, Seat } from '../domain/fleet.js';
import { duration, nextTry, sentence } from '../domain/say.js';
import { TroubleList, type Trouble } from './trouble-list.js';

/** Runners whose last machine failed: some while it is deleted, some until they are tried again. */
export function FailedRunners() {
  const now = useNow();
  const { fleet } = useLive();
  const failed = failedOf(fleet, now);
  return (
    <TroubleList
      id="runners-that-failed"
      title="Runners that failed"
      noun="runner"
      troubles={failed.map((seat) => troubleOf(seat, now))}
      total={failed.length}
      isCalm={fleet.isComplete && failed.length === 0}
      none={fleet.isComplete ? 'None.' : 'Loading …'}
    />
  );
}

const failedOf = (fleet: Fleet, now: number): Seat[] =>
  [...fleet.seats()]
    .filter(({ state, retryAt }) => state === 'FAILED' || (retryAt !== null && retryAt > now))
    .sort((a, b) => a.since - b.since);

const troubleOf = ({ id, name, since, reason, retryAt }: Seat, now: number): Trouble => ({
  id,
  name: (
    <Link to="/runners/$runnerId" params={{ runnerId: id }}>
      {name}
    </Link>
  ),
  age: duration(now - since),
  because: [
    reason ? sentence(reason) : 'Its machine missed a deadline.',
    retryAt === null ? 'The machine is being deleted.' : nextTry(retryAt, now),
  ].join(' '),
});
