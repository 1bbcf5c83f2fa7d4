import type { Schedule } from '../adapters/schedules-query.js';
import { sentence } from '../domain/say.js';
import { localMoment } from '../domain/zone-clock.js';

/** What a schedule changes next, and why. */
export const ScheduleChanges = ({ schedule: { next, timeZone } }: { readonly schedule: Schedule }) => (
  <section className="card part" aria-labelledby="changes">
    <h2 id="changes">What changes next</h2>
    {next.length === 0 ? (
      <p className="muted">Nothing within the next year.</p>
    ) : (
      <table className="table">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Kept warm</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {next.map(({ at, warm, because }) => (
            <tr key={at}>
              <td>{localMoment(timeZone, at)}</td>
              <td>{warm === 0 ? 'none' : warm}</td>
              <td className="prose muted">{sentence(because)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);
