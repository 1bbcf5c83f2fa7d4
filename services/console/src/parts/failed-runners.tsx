import { Link } from '@tanstack/react-router';
import { useLive } from '../adapters/live-context.js';
import { useNow } from '../adapters/use-now.js';
import { failedSeats, whyFailed } from '../domain/failed-seats.js';
import type { Seat } from '../domain/fleet.js';
import { duration } from '../domain/say.js';
import { TroubleList, type Trouble } from './trouble-list.js';

/** Runners whose last machine failed or was refused, each with why and what happens next. */
export function FailedRunners() {
  const now = useNow();
  const { fleet } = useLive();
  const failed = failedSeats(fleet.seats(), now);
  return (
    <TroubleList
      id="runners-in-trouble"
      title="Runners in trouble"
      noun="runner"
      troubles={failed.map((seat) => troubleOf(seat, now))}
      total={failed.length}
      isCalm={fleet.isComplete && failed.length === 0}
      none={fleet.isComplete ? 'None.' : 'Loading …'}
    />
  );
}

const troubleOf = (seat: Seat, now: number): Trouble => ({
  id: seat.id,
  name: (
    <Link to="/runners/$runnerId" params={{ runnerId: seat.id }}>
      {seat.name}
    </Link>
  ),
  age: duration(now - seat.since),
  because: whyFailed(seat, now),
});
