import { laterOf } from '@cleanroom/kernel';
import { billingMonthOf, type BillingMonth } from './billing-month.js';
import { judgeClaim, type BudgetsInForce, type Grant } from './judge-claim.js';
import { promisedWithin, startBetween, type MachineAccount } from './machine-spend.js';
import { beginningOfHour } from './started-hours.js';

export interface GrantQuestion extends BudgetsInForce {
  readonly account: MachineAccount;
  readonly now: Date;
}

/** Decides on the hours that a machine asks for. */
export const grantHours = ({ account, now, ...budgets }: GrantQuestion): Grant =>
  judgeClaim(
    {
      poolId: account.spend.poolId,
      months: monthsOf(account, now),
      costIn: (window, prices) => {
        const { hoursAsked, hoursGranted } = account.spend;
        const asked = promisedWithin(account, hoursAsked, { prices, window, now });
        const before = promisedWithin(account, hoursGranted, { prices, window, now });
        if (asked === undefined || before === undefined) return undefined;
        return asked > before ? asked - before : 0n;
      },
    },
    budgets,
    now,
  );

/**
 * An hour is paid in the month in which it begins. That of a machine without a server may begin in either of two, and
 * is granted only where both have room.
 */
function monthsOf({ spend, meter }: MachineAccount, now: Date): Set<BillingMonth> {
  const starts = meter ? { from: meter.startedAt, to: meter.startedAt } : startBetween(spend, now);
  const begins = [starts.from, starts.to].map((start) => beginningOfHour(start, spend.hoursAsked - 1));
  return new Set(begins.map((at) => billingMonthOf(laterOf(at, now))));
}
