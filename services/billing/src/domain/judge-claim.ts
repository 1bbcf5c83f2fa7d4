import { formatAmount } from '@cleanroom/kernel';
import { windowOf, type BillingMonth } from './billing-month.js';
import { covers, type Budget } from './budget.js';
import { budgetUse, type BudgetBooks } from './budget-use.js';
import type { PriceBook } from './price.js';
import type { Window } from './window.js';

/** Whether something may cost what it asks for. */
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

/** Something that is to be paid: hours of a machine, or a static IP. */
export interface Claim {
  readonly poolId: string;
  /** It is granted only where each of them has room, the first one first. */
  readonly months: Iterable<BillingMonth>;
  /** What it costs within a month beyond what it was promised before, in micro-units; `undefined` while a price is unknown. */
  readonly costIn: (month: Window, prices: PriceBook) => bigint | undefined;
}

/** The budgets that may be in its way, and their books. */
export interface BudgetsInForce {
  readonly budgets: readonly Budget[];
  readonly booksOf: (budget: Budget) => BudgetBooks;
}

const PRICES_SOON_MS = 30_000;

/**
 * Decides on a claim, against every budget that covers it. What was granted before and what static IPs will cost to the
 * end of the month counts as if it were spent.
 */
export function judgeClaim(claim: Claim, { budgets, booksOf }: BudgetsInForce, now: Date): Grant {
  let warning: string | undefined;
  for (const budget of budgets.filter((one) => covers(one, claim.poolId))) {
    const verdict = judge(claim, budget, booksOf(budget), now);
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

/** The first month whose budget has no room for it. */
function judge(claim: Claim, budget: Budget, books: BudgetBooks, now: Date): Verdict | undefined {
  for (const month of claim.months) {
    const verdict = judgeMonth(claim, budget, books, { month, now });
    if (verdict) return verdict;
  }
  return undefined;
}

function judgeMonth(
  { costIn }: Claim,
  budget: Budget,
  books: BudgetBooks,
  { month, now }: { month: BillingMonth; now: Date },
): Verdict | undefined {
  const window = windowOf(month);
  const use = budgetUse(books, window, now);
  const more = costIn(window, books.prices);
  if (!use || more === undefined)
    return {
      reason: 'the budget cannot be checked: a price is not known yet',
      retryAt: new Date(now.getTime() + PRICES_SOON_MS),
    };
  if (books.currency !== budget.limit.currency)
    return {
      reason: `${nameOf(budget)} is not in ${books.currency}, in which the hours are billed`,
      retryAt: window.to,
    };
  if (use.spent + use.reserved + more <= budget.limit.micros) return undefined;
  const isToCome = window.from > now;
  return { reason: `${nameOf(budget)} is used up${isToCome ? ` in ${month}` : ''}`, retryAt: window.to };
}

const nameOf = ({ limit, scopeId, organizationId }: Budget): string =>
  `the budget of the ${scopeId === organizationId ? 'organisation' : 'pool'}, ${formatAmount(limit)} ${limit.currency} a month,`;
