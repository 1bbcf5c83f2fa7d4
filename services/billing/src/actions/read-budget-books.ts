import type { Budget } from '../domain/budget.js';
import type { BudgetBooks } from '../domain/budget-use.js';
import { billingMonthOf, windowOf } from '../domain/billing-month.js';
import type { Meter } from '../domain/meter.js';
import { ALWAYS } from '../domain/window.js';
import type { BillingTransaction } from '../ports.js';

const WEEK_MS = 7 * 24 * 3_600_000;

/**
 * Everything that tells how much of a budget is gone, in this month and in those to come. What is awaited is read before
 * what is there: a thing that arrives in between is found twice, and counted once, where the other way round it would be
 * found in neither.
 */
export async function readBudgetBooks(
  { books, spends, staticIpSpends }: Pick<BillingTransaction, 'books' | 'spends' | 'staticIpSpends'>,
  { scopeId, organizationId }: Pick<Budget, 'scopeId' | 'organizationId'>,
  now: Date,
): Promise<BudgetBooks> {
  const poolId = scopeId === organizationId ? undefined : scopeId;
  const month = windowOf(billingMonthOf(now));
  const from = new Date(Math.min(month.from.getTime(), now.getTime() - WEEK_MS));
  const awaited = await staticIpSpends.awaited(poolId);
  const underWay = await spends.underWay(poolId);
  const meters = await books.metersWithin({ from, to: ALWAYS.to }, poolId);
  const byId = new Map(meters.map((meter) => [meter.id, meter]));
  const arrived = new Set(meters.filter(isLeasedIp).map(({ runnerId }) => runnerId));
  return {
    meters,
    accounts: underWay.map((spend) => ({ spend, meter: byId.get(spend.machineId) })),
    awaitedIps: awaited.filter(({ runnerId }) => !arrived.has(runnerId)),
    prices: await books.prices(),
    currency: await books.currency(),
  };
}

/** A runner has one at a time, so that one who has it awaits none. */
const isLeasedIp = ({ kind, endedAt }: Meter): boolean => kind === 'static-ip' && !endedAt;
