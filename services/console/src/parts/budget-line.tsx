import type { BudgetOwner, BudgetStanding } from '../adapters/cost-queries.js';
import { money } from '../domain/say.js';

interface BudgetLineProps {
  readonly owner: BudgetOwner;
  /** Left out for who may not. */
  readonly onChange: (() => void) | undefined;
}

/** One budget: how much of it is spent, reserved and foreseen. */
export const BudgetLine = ({ owner: { poolId, name, budget }, onChange }: BudgetLineProps) => (
  <li>
    <div className="budget-head">
      <strong>{poolId === null ? `All of ${name}` : name}</strong>
      {onChange && (
        <button className="link-button" type="button" onClick={onChange}>
          {budget ? 'Change' : 'Set'}
          <span className="only-read"> the budget of {name}</span>
        </button>
      )}
    </div>
    {budget ? <Standing budget={budget} /> : <p className="muted">No budget.</p>}
  </li>
);

function Standing({
  budget: { limit, spent, reserved, forecast, onExhausted },
}: {
  readonly budget: BudgetStanding;
}) {
  const isOver = Number(forecast.amount) > Number(limit.amount);
  return (
    <>
      <meter min={0} max={Number(limit.amount)} value={Number(spent.amount)} aria-label="Spent">
        {money(spent)} of {money(limit)}
      </meter>
      <p>
        {money(spent)} of {money(limit)} spent, {money(reserved)} reserved.{' '}
        <span className={isOver ? 'warn' : 'muted'}>Foreseen: {money(forecast)}.</span>
      </p>
      <p className="muted">
        {onExhausted === 'WARN'
          ? 'At the limit there is a warning, and machines are ordered as before.'
          : 'At the limit no new machine is ordered. Running jobs finish.'}
      </p>
    </>
  );
}
