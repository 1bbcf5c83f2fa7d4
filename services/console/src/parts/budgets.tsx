import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { budgetsQuery, type BudgetOwner } from '../adapters/cost-queries.js';
import { queryClient } from '../adapters/queries.js';
import { useMay } from '../adapters/use-may.js';
import { whyMissing } from '../domain/who-answers.js';
import { BudgetDialog } from './budget-dialog.js';
import { BudgetLine } from './budget-line.js';

/** What may be spent, by the organisation and by each pool. */
export function Budgets({ currency = 'EUR' }: { readonly currency: string | undefined }) {
  const { data, error } = useQuery(budgetsQuery);
  const [changing, setChanging] = useState<BudgetOwner>();
  const mayChange = useMay('OWNER');
  const close = () => setChanging(undefined);
  const done = () => {
    close();
    void queryClient.invalidateQueries(budgetsQuery);
  };
  const why =
    whyMissing(data?.missing ?? [], 'budget') ?? (data ? undefined : (error?.message ?? 'Loading …'));
  return (
    <section className="card part" aria-labelledby="budgets">
      <h2 id="budgets">Budgets of this month</h2>
      {why && <p className="muted">{why}</p>}
      {!why && (
        <ul className="budgets">
          {data?.owners.map((owner) => (
            <BudgetLine
              key={owner.poolId}
              owner={owner}
              onChange={mayChange ? () => setChanging(owner) : undefined}
            />
          ))}
        </ul>
      )}
      {changing && <BudgetDialog owner={changing} currency={currency} onDone={done} onClose={close} />}
    </section>
  );
}
