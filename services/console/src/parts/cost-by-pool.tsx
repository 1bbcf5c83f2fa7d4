import { Link } from '@tanstack/react-router';
import type { CostOfPool } from '../adapters/cost-queries.js';
import { money } from '../domain/say.js';

/** What each pool cost. */
export const CostByPool = ({ pools }: { readonly pools: readonly CostOfPool[] }) => (
  <section className="card part" aria-labelledby="by-pool">
    <h2 id="by-pool">By pool</h2>
    {pools.length === 0 ? (
      <p className="muted">There is no pool yet.</p>
    ) : (
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Pool</th>
            <th scope="col" className="figure">
              Cost
            </th>
            <th scope="col" className="figure wide">
              Always on
            </th>
            <th scope="col" className="figure">
              Saved
            </th>
          </tr>
        </thead>
        <tbody>
          {pools.map((pool) => (
            <Row key={pool.id} pool={pool} />
          ))}
        </tbody>
      </table>
    )}
  </section>
);

const Row = ({ pool: { id, name, cost } }: { readonly pool: CostOfPool }) => (
  <tr>
    <th scope="row">
      <Link from="/cost" to="/cost" search={(before) => ({ ...before, pool: id })} resetScroll={false}>
        {name}
      </Link>
    </th>
    <td className="figure">{cost ? money(cost.total) : '–'}</td>
    <td className="figure wide">{cost ? money(cost.alwaysOnBaseline) : '–'}</td>
    <td className="figure">{cost ? `${cost.savedPercent.toFixed(1)} %` : '–'}</td>
  </tr>
);
