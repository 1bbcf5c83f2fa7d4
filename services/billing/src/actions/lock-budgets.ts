import type { Budget } from '../domain/budget.js';
import type { BudgetBooks } from '../domain/budget-use.js';
import type { BudgetsInForce } from '../domain/judge-claim.js';
import type { BillingTransaction } from '../ports.js';
import { readBudgetBooks } from './read-budget-books.js';

/**
 * The budgets over a pool, with their books. Decisions under one budget follow one another, by its lock: what the one was
 * promised is gone for the next, however many ask at once, be it for a machine or for a static IP.
 */
export async function lockBudgets(
  tx: BillingTransaction,
  poolId: string,
  now: Date,
): Promise<BudgetsInForce> {
  const budgets = await tx.budgets.lock(poolId);
  const books = new Map<Budget, BudgetBooks>();
  for (const budget of budgets) books.set(budget, await readBudgetBooks(tx, budget, now));
  const booksOf = (budget: Budget): BudgetBooks => {
    const found = books.get(budget);
    if (!found) throw new Error(`the books of ${budget.scopeId} were not read`);
    return found;
  };
  return { budgets, booksOf };
}
