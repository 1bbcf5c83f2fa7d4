import { useLive } from '../adapters/live-context.js';
import type { Pool } from '../adapters/queries.js';
import { PoolCard } from '../parts/pool-card.js';
import { Skeleton } from '../parts/skeleton.js';
import { useFleetFilter } from './use-fleet-filter.js';

/** A map of each pool. */
export function FleetSeats({ pools }: { readonly pools: readonly Pool[] | undefined }) {
  const live = useLive();
  const { filter } = useFleetFilter();
  if (!pools) return <Skeleton />;
  const shown = pools.filter(({ id }) => filter.poolId === undefined || filter.poolId === id);
  return shown.map((pool) => <PoolCard key={pool.id} pool={pool} live={live} states={filter.states} />);
}
