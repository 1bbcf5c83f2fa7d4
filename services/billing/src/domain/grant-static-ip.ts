import { billingMonthOf, nextMonth } from './billing-month.js';
import { judgeClaim, type BudgetsInForce, type Grant } from './judge-claim.js';
import { costOfAwaitedIp, type StaticIpSpend } from './static-ip-spend.js';

export interface StaticIpQuestion extends BudgetsInForce {
  readonly spend: StaticIpSpend;
  readonly now: Date;
}

/**
 * Decides on a static IP that a runner asks for. It is not given up when a month ends, so the month to come must have
 * room for it, too, and for all of those that are there: nobody could refuse them anything then.
 */
export function grantStaticIp({ spend, now, ...budgets }: StaticIpQuestion): Grant {
  const asked = { ...spend, since: now };
  const month = billingMonthOf(now);
  return judgeClaim(
    {
      poolId: spend.poolId,
      months: [month, nextMonth(month)],
      costIn: (window, prices) => costOfAwaitedIp(asked, window, prices),
    },
    budgets,
    now,
  );
}
