import type { Budget } from '../domain/budget.js';
import type { BudgetBooks } from '../domain/budget-use.js';
import { grantHours } from '../domain/grant-hours.js';
import type { MachineSpend } from '../domain/machine-spend.js';
import type { BillingTransaction } from '../ports.js';
import { readBudgetBooks } from './read-budget-books.js';

/**
 * Answers a machine that asks for hours. Decisions under one budget follow one another, by its lock: what the one was
 * promised is gone for the next, however many ask at once.
 */
export async function decideSpend(tx: BillingTransaction, spend: MachineSpend, now: Date): Promise<void> {
  const budgets = await tx.budgets.lock(spend.poolId);
  const books = new Map<Budget, BudgetBooks>();
  for (const budget of budgets) books.set(budget, await readBudgetBooks(tx, budget, now));
  const booksOf = (budget: Budget): BudgetBooks => {
    const found = books.get(budget);
    if (!found) throw new Error(`the books of ${budget.scopeId} were not read`);
    return found;
  };
  const account = { spend, meter: await tx.books.meter(spend.machineId) };
  const grant = grantHours({ account, budgets, booksOf, now });
  if (grant.kind === 'refused') await tx.budgets.markRefused(grant.scopeId);
  await tx.spends.decide(spend, grant);
}
