import { act } from '../adapters/act.js';
import { RemoveOverrideDocument } from '../adapters/generated/graphql.js';
import { queryClient } from '../adapters/queries.js';
import { schedulesQuery, type Schedule } from '../adapters/schedules-query.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { useMay } from '../adapters/use-may.js';
import { localMoment } from '../domain/zone-clock.js';

interface ScheduleOverridesProps {
  readonly schedule: Schedule;
  readonly now: number;
}

/** The overrides of a schedule that are not over. */
export function ScheduleOverrides({ schedule: { overrides, timeZone }, now }: ScheduleOverridesProps) {
  const mayRemove = useMay('OPERATOR');
  const remove = useAttempt(
    async (id: string) => (await act(RemoveOverrideDocument, { id })).userErrors,
    () => void queryClient.invalidateQueries(schedulesQuery),
  );
  const coming = overrides.filter(({ to }) => Date.parse(to) > now);
  return (
    <section className="card part" aria-labelledby="overrides">
      <h2 id="overrides">Overrides</h2>
      {coming.length === 0 && <p className="muted">None.</p>}
      <ul className="rows">
        {coming.map(({ id, from, to, warm, reason }) => (
          <li key={id}>
            <p>
              <strong>{warm} kept warm</strong> {reason}
              <span className="muted one-line">
                {localMoment(timeZone, from)} – {localMoment(timeZone, to)}
              </span>
            </p>
            {mayRemove && (
              <button className="link-button" type="button" onClick={() => void remove.run(id)}>
                Remove<span className="only-read"> {reason}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      <p className="trouble" role="alert">
        {remove.refusals.map(({ message }) => message)}
      </p>
    </section>
  );
}
