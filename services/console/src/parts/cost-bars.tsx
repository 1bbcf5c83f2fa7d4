import type { CostReport } from '../adapters/cost-queries.js';
import { costChart } from '../domain/cost-chart.js';
import { amountOf, money } from '../domain/say.js';
import { dayOf } from '../domain/when.js';

/** As many days have their date below: more would overlap. */
const MOST_DATES = 10;

/** The cost of each day as a bar, against the line of always on. The numbers are in a table beside. */
export function CostBars({ days }: { readonly days: CostReport['perDay'] }) {
  const currency = days[0]?.cost.currency;
  if (currency === undefined) return <p className="muted">Nothing has cost anything in this time.</p>;
  const { ticks, bars } = costChart(days);
  const every = Math.ceil(bars.length / MOST_DATES);
  const most = ticks.at(-1) ?? 1;
  return (
    <div
      className="chart"
      role="img"
      aria-label={`Cost of ${amountOf(days.length, 'day')} against always on`}
    >
      <div className="chart-ticks">
        {ticks.map((tick) => (
          <span key={tick} style={{ bottom: `${(100 * tick) / most}%` }}>
            <span>{money({ amount: String(tick), currency })}</span>
          </span>
        ))}
      </div>
      <div className="chart-days">
        {bars.map(({ date, cost, baseline }, index) => (
          <div key={date}>
            <div className="chart-bar" style={{ height: `${100 * cost}%` }} />
            <div className="chart-line" style={{ bottom: `${100 * baseline}%` }} />
            {index % every === 0 && (
              <span className={index % (2 * every) === 0 ? 'chart-date' : 'chart-date wide'}>
                {dayOf(date).slice(4)}
              </span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
