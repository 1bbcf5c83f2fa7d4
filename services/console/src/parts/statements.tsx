import { useState } from 'react';
import { downloadStatement, type StatementForm } from '../adapters/download-statement.js';
import { productNow } from '../adapters/settings.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { monthsBefore } from '../domain/period.js';

const MONTHS = 24;

/** Closed months, each as a file. */
export function Statements() {
  const [months] = useState(() => monthsBefore(productNow(), MONTHS));
  const [month, setMonth] = useState(months[0] ?? '');
  const attempt = useAttempt(async (form: StatementForm) => {
    const whyNot = await downloadStatement(month, form);
    return whyNot === '' ? [] : [{ message: whyNot, path: null }];
  });
  return (
    <section className="card part" aria-labelledby="statements">
      <h2 id="statements">Statements</h2>
      <p className="muted">
        Every machine and every static IP of a closed month, with its hours and its price.
      </p>
      <div className="statement">
        <label>
          <span className="only-read">Month</span>
          <select className="button" value={month} onChange={({ target }) => setMonth(target.value)}>
            {months.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        {(['csv', 'json'] as const).map((form) => (
          <button
            key={form}
            className="button"
            type="button"
            disabled={attempt.isBusy}
            onClick={() => void attempt.run(form)}
          >
            Download as {form.toUpperCase()}
          </button>
        ))}
      </div>
      <p className="trouble" role="alert">
        {attempt.refusals.map(({ message }) => message)}
      </p>
    </section>
  );
}
