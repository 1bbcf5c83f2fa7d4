import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { act } from '../adapters/act.js';
import { AssignScheduleDocument } from '../adapters/generated/graphql.js';
import { queryClient } from '../adapters/queries.js';
import { schedulesOfPoolsQuery, type PoolOfSchedule, type Schedule } from '../adapters/schedules-query.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { useMay } from '../adapters/use-may.js';

interface PoolsOfScheduleProps {
  readonly schedule: Schedule;
  readonly schedules: readonly Schedule[];
}

/** Which pools follow a schedule; an owner lets others follow. */
export function PoolsOfSchedule({ schedule, schedules }: PoolsOfScheduleProps) {
  const { data, error } = useQuery(schedulesOfPoolsQuery);
  const mayAssign = useMay('OWNER');
  const assign = useAttempt(
    async (variables: { poolId: string; scheduleId: string | null }) =>
      (await act(AssignScheduleDocument, variables)).userErrors,
    () => void queryClient.invalidateQueries(schedulesOfPoolsQuery),
  );
  return (
    <section className="card part" aria-labelledby="pools">
      <h2 id="pools">Pools that follow it</h2>
      {!data && <p className="muted">{error ? error.message : 'Loading …'}</p>}
      {data?.pools.length === 0 && <p className="muted">There is no pool yet.</p>}
      <ul className="rows">
        {data?.pools.map((pool) => (
          <PoolRow
            key={pool.id}
            {...{ pool, schedule }}
            other={schedules.find(({ id }) => id === pool.schedule?.id && id !== schedule.id)?.name}
            onAssign={
              mayAssign ? (scheduleId) => void assign.run({ poolId: pool.id, scheduleId }) : undefined
            }
          />
        ))}
      </ul>
      <p className="trouble" role="alert">
        {assign.refusals.map(({ message }) => message)}
      </p>
    </section>
  );
}

interface PoolRowProps {
  readonly pool: PoolOfSchedule;
  readonly schedule: Schedule;
  /** Which other one it follows. */
  readonly other: string | undefined;
  /** Left out for who may not. */
  readonly onAssign: ((scheduleId: string | null) => void) | undefined;
}

function PoolRow({ pool, schedule, other, onAssign }: PoolRowProps) {
  const follows = pool.schedule?.id === schedule.id;
  return (
    <li>
      <p>
        <Link to="/pools/$poolId" params={{ poolId: pool.id }}>
          {pool.name}
        </Link>{' '}
        <span className="muted">{follows ? 'follows it' : other ? `follows ${other}` : 'follows none'}</span>
      </p>
      {onAssign && (
        <button className="link-button" type="button" onClick={() => onAssign(follows ? null : schedule.id)}>
          {follows ? 'Take off' : 'Let follow'}
          <span className="only-read"> {pool.name}</span>
        </button>
      )}
    </li>
  );
}
