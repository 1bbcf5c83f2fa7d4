import type { CostReport } from '../adapters/cost-queries.js';
import { money } from '../domain/say.js';
import { dayOf } from '../domain/when.js';

/** What the bars show, as a table. */
export const CostNumbers = ({ days }: { readonly days: CostReport['perDay'] }) => (
  <table className="table">
    <caption className="only-read">Each day against always on</caption>
    <thead>
      <tr>
        <th scope="col">Day</th>
        <th scope="col" className="figure">
          Cost
        </th>
        <th scope="col" className="figure">
          Always on
        </th>
      </tr>
    </thead>
    <tbody>
      {days.map(({ date, cost, baseline }) => (
        <tr key={date}>
          <th scope="row">{dayOf(date)}</th>
          <td className="figure">{money(cost)}</td>
          <td className="figure">{money(baseline)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
