import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useLive } from '../adapters/live-context.js';
import { poolNamesQuery } from '../adapters/pool-names-query.js';

/** What was acted on: runners and pools that are still there by their name, as the way to them. */
export function AuditTarget({ id }: { readonly id: string }) {
  const { fleet } = useLive();
  const { data: pools } = useQuery(poolNamesQuery);
  const runner = fleet.seat(id);
  const pool = pools?.items.find((one) => one.id === id);
  if (runner)
    return (
      <Link to="/runners/$runnerId" params={{ runnerId: id }} title={id}>
        {runner.name}
      </Link>
    );
  if (pool)
    return (
      <Link to="/pools/$poolId" params={{ poolId: id }} title={id}>
        {pool.name}
      </Link>
    );
  return <code>{id}</code>;
}
