import { refusal, type Answer, type Refusal } from '@cleanroom/kernel';
import type { BudgetAction } from '../domain/budget.js';
import { checkLimit, type MoneyWish } from '../domain/check-budget.js';
import type { BillingPorts, BillingTransaction } from '../ports.js';
import { standingOf, type BudgetStanding } from './read-budget.js';

/** How a budget stands, as far as prices are known. */
export type BudgetShown = BudgetStanding | 'price-unknown';

export interface BudgetWish {
  /** Left out: the budget of the whole organisation. */
  readonly poolId: string | undefined;
  readonly limit: MoneyWish;
  readonly onExhausted: BudgetAction;
}

/**
 * Sets or replaces the budget of a pool or of the organisation. It counts what the month has cost already. From now on
 * machines ask before each hour; those that run have the hour that they are in.
 */
export const setBudget = (
  { transactions, now }: Pick<BillingPorts, 'transactions' | 'now'>,
  organizationId: string,
  { poolId, limit, onExhausted }: BudgetWish,
): Promise<Answer<BudgetShown>> =>
  transactions.inOrganization(organizationId, async (tx) => {
    const amount = checkLimit(limit, await tx.books.currency());
    const unknown = await unknownPool(tx, poolId);
    if (Array.isArray(amount)) return { refusals: [...unknown, ...amount] };
    if (unknown.length > 0) return { refusals: unknown };
    const scopeId = poolId ?? organizationId;
    const budget = await tx.budgets.save({ organizationId, scopeId, limit: amount, onExhausted });
    return { value: await standingOf(tx, budget, now()) };
  });

/** Removes a budget: nothing is asked and nothing refused any more. */
export const removeBudget = (
  { transactions, now }: Pick<BillingPorts, 'transactions' | 'now'>,
  organizationId: string,
  poolId: string | undefined,
): Promise<Answer<BudgetShown>> =>
  transactions.inOrganization(organizationId, async (tx) => {
    const unknown = await unknownPool(tx, poolId);
    if (unknown.length > 0) return { refusals: unknown };
    const removed = await tx.budgets.remove(poolId ?? organizationId);
    if (!removed) return { refusals: [refusal('NOT_FOUND', 'There is no such budget.', 'poolId')] };
    return { value: await standingOf(tx, removed, now()) };
  });

async function unknownPool({ books }: BillingTransaction, poolId: string | undefined): Promise<Refusal[]> {
  if (poolId === undefined) return [];
  const isKnown = (await books.pools()).some(({ id, deleted }) => id === poolId && !deleted);
  return isKnown ? [] : [refusal('NOT_FOUND', 'No such pool.', 'poolId')];
}
