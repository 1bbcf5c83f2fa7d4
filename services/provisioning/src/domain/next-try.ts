import type { BudgetHold } from '@cleanroom/kernel';
import { isSupply } from './runner-state.js';
import type { Runner } from './runner.js';

type Tried = Pick<Runner, 'state' | 'retryAt' | 'retiring' | 'heldByBudget'>;

/** When a runner that is kept from working is next tried; null where nothing keeps it, or nobody knows for how long. */
export function nextTryAt(
  { state, retryAt, retiring, heldByBudget }: Tried,
  { refusedUntil }: Pick<BudgetHold, 'refusedUntil'>,
  now: Date,
): Date | null {
  // Of those that are on their way only an order may have to be repeated.
  if (retiring || (isSupply(state) && state !== 'STARTING')) return null;
  const at = heldByBudget ? refusedUntil : retryAt;
  return at !== null && at > now ? at : null;
}
