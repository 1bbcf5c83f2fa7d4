import type { Budget } from '../domain/budget.js';
import type { BudgetBooks } from '../domain/budget-use.js';
import { billingMonthOf, windowOf } from '../domain/billing-month.js';
import { ALWAYS } from '../domain/window.js';
import type { BillingTransaction } from '../ports.js';

const WEEK_MS = 7 * 24 * 3_600_000;

/** Everything that tells how much of a budget is gone, in this month and in those to come. */
export async function readBudgetBooks(
  { books, spends, staticIpSpends }: Pick<BillingTransaction, 'books' | 'spends' | 'staticIpSpends'>,
  { scopeId, organizationId }: Pick<Budget, 'scopeId' | 'organizationId'>,
  now: Date,
): Promise<BudgetBooks> {
  const poolId = scopeId === organizationId ? undefined : scopeId;
  const month = windowOf(billingMonthOf(now));
  const from = new Date(Math.min(month.from.getTime(), now.getTime() - WEEK_MS));
  const meters = await books.metersWithin({ from, to: ALWAYS.to }, poolId);
  const byId = new Map(meters.map((meter) => [meter.id, meter]));
  const underWay = await spends.underWay(poolId);
  return {
    meters,
    accounts: underWay.map((spend) => ({ spend, meter: byId.get(spend.machineId) })),
    awaitedIps: await staticIpSpends.awaited(poolId),
    prices: await books.prices(),
    currency: await books.currency(),
  };
}
