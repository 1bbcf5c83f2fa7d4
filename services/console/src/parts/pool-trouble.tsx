import { Link } from '@tanstack/react-router';
import { useLive } from '../adapters/live-context.js';
import { useNow } from '../adapters/use-now.js';
import { failedSeats, whyFailed } from '../domain/failed-seats.js';

/** Which of a pool's runners is in trouble, beside its wish that does not know of it; nothing where none is. */
export function PoolTrouble({ poolId }: { readonly poolId: string }) {
  const now = useNow();
  const [first, ...others] = failedSeats(useLive().fleet.seatsOf(poolId), now);
  if (!first) return null;
  return (
    <p className="pool-because">
      <Link to="/runners/$runnerId" params={{ runnerId: first.id }}>
        {first.name}
      </Link>{' '}
      <span className="warn">is in trouble</span>
      {others.length > 0 && `, and ${others.length} more`}. {whyFailed(first, now)}
    </p>
  );
}
