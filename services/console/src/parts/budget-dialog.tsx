import { act } from '../adapters/act.js';
import type { BudgetOwner } from '../adapters/cost-queries.js';
import { RemoveBudgetDocument, SetBudgetDocument } from '../adapters/generated/graphql.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { ActForm } from './act-form.js';
import { Dialog } from './dialog.js';
import { Field } from './field.js';

interface BudgetDialogProps {
  readonly owner: BudgetOwner;
  /** In which the organisation is billed. */
  readonly currency: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Sets a budget, or takes it away. */
export function BudgetDialog({
  owner: { poolId, name, budget },
  currency,
  onDone,
  onClose,
}: BudgetDialogProps) {
  const set = useAttempt(async (form: FormData) => {
    const limit = { amount: String(form.get('limit')).trim(), currency: budget?.limit.currency ?? currency };
    const onExhausted = form.get('onExhausted') === 'WARN' ? 'WARN' : 'BLOCK_NEW_MACHINES';
    return (await act(SetBudgetDocument, { poolId, limit, onExhausted })).userErrors;
  }, onDone);
  const remove = useAttempt(async () => (await act(RemoveBudgetDocument, { poolId })).userErrors, onDone);
  const attempt = { ...set, refusals: [...set.refusals, ...remove.refusals] };
  return (
    <Dialog title={`Budget of ${name}`} onClose={onClose}>
      <p className="muted">For each calendar month. What this month has cost already counts.</p>
      <ActForm attempt={attempt} fields={['limit', 'onExhausted']} submit="Set the budget" onCancel={onClose}>
        <BudgetFields budget={budget} currency={currency} />
        {budget && (
          <p>
            <button className="link-button" type="button" onClick={() => void remove.run(undefined)}>
              Remove the budget
            </button>
          </p>
        )}
      </ActForm>
    </Dialog>
  );
}

const BudgetFields = ({ budget, currency }: Pick<BudgetOwner, 'budget'> & { readonly currency: string }) => (
  <>
    <Field label={`Limit in ${budget?.limit.currency ?? currency}`} path="limit" hint="Such as 250.00, net.">
      {(control) => (
        <input {...control} inputMode="decimal" defaultValue={budget?.limit.amount} autoComplete="off" />
      )}
    </Field>
    <Field label="At the limit" path="onExhausted">
      {(control) => (
        <select {...control} defaultValue={budget?.onExhausted}>
          <option value="BLOCK_NEW_MACHINES">order no new machine; running jobs finish</option>
          <option value="WARN">only warn</option>
        </select>
      )}
    </Field>
  </>
);
