import type { Money } from '@cleanroom/kernel';
import { costToDate } from '../domain/cost-to-date.js';
import type { BillingPorts } from '../ports.js';

/**
 * What the machines and static IPs of runners cost up to now. A runner that nothing was metered for is left out, and so
 * is one of which a price is unknown.
 */
export const costOfRunners = (
  { transactions, now }: Pick<BillingPorts, 'transactions' | 'now'>,
  organizationId: string,
  runnerIds: readonly string[],
): Promise<ReadonlyMap<string, Money>> =>
  transactions.inOrganization(organizationId, async ({ books }) => {
    const prices = await books.prices();
    const metersOf = Map.groupBy(await books.metersOf(runnerIds), ({ runnerId }) => runnerId);
    const costs = new Map<string, Money>();
    for (const [runnerId, meters] of metersOf) {
      const cost = costToDate(meters, prices, now());
      if (cost) costs.set(runnerId, cost);
    }
    return costs;
  });
