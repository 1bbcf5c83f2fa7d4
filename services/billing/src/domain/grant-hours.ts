import { formatAmount, laterOf } from '@cleanroom/kernel';
import { billingMonthOf, windowOf, type BillingMonth } from './billing-month.js';
import { covers, type Budget } from './budget.js';
import { budgetUse, type BudgetBooks } from './budget-use.js';
import { promisedWithin, startBetween, type MachineAccount } from './machine-spend.js';
import { beginningOfHour } from './started-hours.js';
import type { Window } from './window.js';

/** Whether a machine may cost what it asks for. */
export type Grant =
  /** `warning`: a budget that only warns is used up. */
  | { readonly kind: 'granted'; readonly warning: string | undefined }
  /** Nothing is ordered and no next hour begun. Ask again at `retryAt` at the earliest, unless the budget changes. */
  | {
      readonly kind: 'refused';
      readonly scopeId: string;
      /** By which the budget refuses. */
      readonly version: number;
      readonly reason: string;
      readonly retryAt: Date;
    };

export interface GrantQuestion {
  readonly account: MachineAccount;
  readonly budgets: readonly Budget[];
  readonly booksOf: (budget: Budget) => BudgetBooks;
  readonly now: Date;
}

const PRICES_SOON_MS = 30_000;

/**
 * Decides on the hours that a machine asks for, against every budget that covers it. What was granted before and what
 * static IPs will cost to the end of the month counts as if it were spent.
 */
export function grantHours({ account, budgets, booksOf, now }: GrantQuestion): Grant {
  let warning: string | undefined;
  for (const budget of budgets.filter((one) => covers(one, account.spend.poolId))) {
    const verdict = judge(account, budget, booksOf(budget), now);
    if (verdict === undefined) continue;
    if (budget.onExhausted === 'BLOCK_NEW_MACHINES')
      return { kind: 'refused', scopeId: budget.scopeId, version: budget.version, ...verdict };
    warning = verdict.reason;
  }
  return { kind: 'granted', warning };
}

interface Verdict {
  readonly reason: string;
  readonly retryAt: Date;
}

/** The first month whose budget has no room for the hour. */
function judge(account: MachineAccount, budget: Budget, books: BudgetBooks, now: Date): Verdict | undefined {
  for (const month of monthsOf(account, now)) {
    const verdict = judgeMonth(account, budget, books, windowOf(month), now);
    if (verdict) return verdict;
  }
  return undefined;
}

/**
 * An hour is paid in the month in which it begins. That of a machine without a server may begin in either of two, and
 * is granted only where both have room.
 */
function monthsOf({ spend, meter }: MachineAccount, now: Date): Set<BillingMonth> {
  const starts = meter ? { from: meter.startedAt, to: meter.startedAt } : startBetween(spend, now);
  const begins = [starts.from, starts.to].map((start) => beginningOfHour(start, spend.hoursAsked - 1));
  return new Set(begins.map((at) => billingMonthOf(laterOf(at, now))));
}

function judgeMonth(
  account: MachineAccount,
  budget: Budget,
  books: BudgetBooks,
  month: Window,
  now: Date,
): Verdict | undefined {
  const { spend } = account;
  const use = budgetUse(books, month, now);
  const question = { prices: books.prices, window: month, now };
  const asked = promisedWithin(account, spend.hoursAsked, question);
  const before = promisedWithin(account, spend.hoursGranted, question);
  if (!use || asked === undefined || before === undefined)
    return {
      reason: 'the budget cannot be checked: a price is not known yet',
      retryAt: new Date(now.getTime() + PRICES_SOON_MS),
    };
  if (books.currency !== budget.limit.currency)
    return {
      reason: `${nameOf(budget)} is not in ${books.currency}, in which the hours are billed`,
      retryAt: month.to,
    };
  const more = asked > before ? asked - before : 0n;
  if (use.spent + use.reserved + more <= budget.limit.micros) return undefined;
  return { reason: exhausted(budget), retryAt: month.to };
}

const exhausted = (budget: Budget): string => `${nameOf(budget)} is used up`;

const nameOf = ({ limit, scopeId, organizationId }: Budget): string =>
  `the budget of the ${scopeId === organizationId ? 'organisation' : 'pool'}, ${formatAmount(limit)} ${limit.currency} a month,`;
