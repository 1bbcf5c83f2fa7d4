import type { Money } from '@cleanroom/kernel';

export type BudgetAction = 'WARN' | 'BLOCK_NEW_MACHINES';

/** The most that a pool or a whole organisation wants to spend in a calendar month (UTC). */
export interface Budget {
  readonly organizationId: string;
  /** The pool's id, or the organisation's. */
  readonly scopeId: string;
  readonly limit: Money;
  readonly onExhausted: BudgetAction;
  readonly version: number;
}

/** Whether money of that pool counts towards the budget. */
export const covers = ({ organizationId, scopeId }: Budget, poolId: string): boolean =>
  scopeId === organizationId || scopeId === poolId;
