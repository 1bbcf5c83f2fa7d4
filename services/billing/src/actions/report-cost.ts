import { costReport, type CostReport } from '../domain/cost-report.js';
import type { Window } from '../domain/window.js';
import type { BillingPorts } from '../ports.js';

/**
 * What an organisation or one of its pools cost within a window, beside what it would have cost always on. `undefined`
 * while a price is unknown: a report with a hole in it would be read as a bill.
 */
export const reportCost = (
  { transactions, now }: Pick<BillingPorts, 'transactions' | 'now'>,
  organizationId: string,
  window: Window,
  poolId?: string,
): Promise<CostReport | undefined> =>
  transactions.inOrganization(organizationId, async ({ books }) => {
    const pools = new Map((await books.pools()).map((pool) => [pool.id, pool]));
    const found = {
      meters: await books.metersWithin(window, poolId),
      prices: await books.prices(),
      poolOf: (id: string) => pools.get(id),
    };
    const question = {
      window,
      now: now(),
      timeZone: await books.timeZone(),
      currency: await books.currency(),
    };
    return costReport(found, question);
  });
