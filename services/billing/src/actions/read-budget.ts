import { money, type Money } from '@cleanroom/kernel';
import { billingMonthOf, windowOf, type BillingMonth } from '../domain/billing-month.js';
import type { Budget } from '../domain/budget.js';
import { budgetUse } from '../domain/budget-use.js';
import type { BillingPorts, BillingTransaction } from '../ports.js';
import { readBudgetBooks } from './read-budget-books.js';

/** A budget and how much of it is gone this month. */
export interface BudgetStanding extends Pick<Budget, 'limit' | 'onExhausted'> {
  readonly spent: Money;
  readonly reserved: Money;
  readonly forecast: Money;
  readonly period: BillingMonth;
}

/** What can be said of a budget: where it stands, that there is none, or that a price has to become known first. */
export type BudgetAnswer = BudgetStanding | 'none' | 'price-unknown';

/** Where the budget of a pool, or of the whole organisation, stands. */
export const readBudget = (
  { transactions, now }: Pick<BillingPorts, 'transactions' | 'now'>,
  organizationId: string,
  scopeId: string,
): Promise<BudgetAnswer> =>
  transactions.inOrganization(organizationId, async (tx) => {
    const budget = await tx.budgets.find(scopeId);
    return budget ? standingOf(tx, budget, now()) : 'none';
  });

/** The same within a transaction that has the budget in hand. */
export async function standingOf(
  tx: BillingTransaction,
  budget: Budget,
  now: Date,
): Promise<BudgetStanding | 'price-unknown'> {
  const period = billingMonthOf(now);
  const books = await readBudgetBooks(tx, budget, now);
  const use = budgetUse(books, windowOf(period), now);
  if (!use) return 'price-unknown';
  const { limit, onExhausted } = budget;
  // A budget may have been set before any price was known, in a currency that turned out to be another.
  const amount = (micros: bigint) => money(micros, books.currency);
  return {
    ...{ limit, onExhausted, period },
    spent: amount(use.spent),
    reserved: amount(use.reserved),
    forecast: amount(use.forecast),
  };
}
