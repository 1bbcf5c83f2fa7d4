import type { MachineLife, RunnerDetails } from '../adapters/runner-query.js';
import { duration } from '../domain/say.js';
import { momentOf } from '../domain/when.js';

interface EarlierMachinesProps {
  readonly machines: RunnerDetails['machines'];
  /** The one that it has now. */
  readonly current: string | undefined;
}

/** The machines that a runner had before. */
export function EarlierMachines({ machines: { nodes }, current }: EarlierMachinesProps) {
  const earlier = nodes.filter(({ id }) => id !== current);
  return (
    <section className="card part" aria-labelledby="earlier-machines">
      <h2 id="earlier-machines">Earlier machines</h2>
      {earlier.length === 0 ? (
        <p className="muted">None.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Ordered (UTC)</th>
              <th scope="col">Type</th>
              <th scope="col" className="wide">
                Location
              </th>
              <th scope="col" className="figure wide">
                Generations
              </th>
              <th scope="col" className="figure wide">
                Ready after
              </th>
              <th scope="col" className="figure">
                Lived
              </th>
            </tr>
          </thead>
          <tbody>
            {earlier.map((machine) => (
              <Row key={machine.id} machine={machine} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** An order that Hetzner refused cost nothing; a life of some seconds would look like a paid hour. */
const NEVER_MADE = 'never made';

function Row({ machine }: { readonly machine: MachineLife }) {
  const { serverId, serverType, location, generation, orderedAt, readyAt, deletedAt } = machine;
  const since = (at: string | null) => (at === null ? '–' : duration(Date.parse(at) - Date.parse(orderedAt)));
  return (
    <tr>
      <td>{momentOf(orderedAt)}</td>
      <td>{serverType}</td>
      <td className="wide">{location}</td>
      <td className="figure wide">{generation}</td>
      <td className="figure wide">{generation === 1 ? since(readyAt) : '–'}</td>
      <td className="figure">{serverId === null ? NEVER_MADE : since(deletedAt)}</td>
    </tr>
  );
}
