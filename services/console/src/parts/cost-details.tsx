import { useState } from 'react';
import type { CostReport } from '../adapters/cost-queries.js';
import { daysThatBegan } from '../domain/cost-chart.js';
import { money } from '../domain/say.js';
import { CostBars } from './cost-bars.js';
import { CostNumbers } from './cost-numbers.js';
import { Figure } from './figure.js';

/** What a time cost, of what, and how much less that is than always on. */
export function CostDetails({ report }: { readonly report: CostReport }) {
  const { saved, savedPercent, machines, staticIps } = report;
  const hasSaved = Number(saved.amount) >= 0;
  return (
    <>
      <div className="page-cards">
        <Figure name={hasSaved ? 'Saved' : 'Not saved'} value={`${savedPercent.toFixed(1)} %`}>
          {hasSaved
            ? `${money(saved)} less than always on`
            : `sleeping cost more than it saved: ${money(saved)}`}
        </Figure>
        <Figure name="Machines" value={money(machines)}>
          started hours, as Hetzner bills them
        </Figure>
        <Figure name="Static IPs" value={money(staticIps)}>
          billed every hour, asleep or not
        </Figure>
      </div>
      <Days report={report} />
    </>
  );
}

function Days({ report: { perDay, estimated } }: { readonly report: CostReport }) {
  const [isOpen, setOpen] = useState(false);
  const days = daysThatBegan(perDay);
  return (
    <section className="card part" aria-labelledby="each-day">
      <h2 id="each-day">Each day against always on</h2>
      <p className="chart-legend">
        <span className="chart-key" /> Cost <span className="chart-key chart-key-line" /> Always on
        <button className="link-button" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide the numbers' : 'Show the numbers'}
        </button>
      </p>
      <CostBars days={days} />
      <p className="muted">
        Days are those of the organisation’s time zone; amounts are net.
        {estimated &&
          ' A machine or a static IP was last seen close to an hour’s end: that hour is estimated.'}
      </p>
      {isOpen && <CostNumbers days={days} />}
    </section>
  );
}
