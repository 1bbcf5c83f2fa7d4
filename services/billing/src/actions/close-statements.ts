import type { WorkLease } from '@cleanroom/kernel';
import { billingMonthOf, nextMonth, windowOf, type BillingMonth } from '../domain/billing-month.js';
import { GRACE_MS, isOver } from '../domain/closed-month.js';
import { priced } from '../domain/metered-cost.js';
import { statementLines } from '../domain/statement.js';
import type { BillingPorts, BillingTransaction } from '../ports.js';

const RETRY_MS = 3_600_000;
/** So many closed months are compared with what is known now, and those from the oldest on that is known to be wrong. */
const LOOK_BACK = 2;

/** Closes every month that is over, oldest first, each for good. */
export async function closeStatements(ports: BillingPorts, lease: WorkLease): Promise<void> {
  const { transactions, now, log } = ports;
  const { organizationId } = lease;
  await transactions.inOrganization(organizationId, async (tx) => {
    const at = now();
    const retryAt = new Date(at.getTime() + RETRY_MS);
    for (let month = await nextToClose(tx); month && isOver(month, at); month = nextMonth(month)) {
      if (await closeMonth(tx, month, at)) continue;
      log.warn({ organizationId, month }, 'a statement waits for a price');
      return tx.finish('statement_closing', lease, retryAt);
    }
    const next = windowOf(billingMonthOf(new Date(at.getTime() - GRACE_MS))).to;
    await tx.finish('statement_closing', lease, new Date(next.getTime() + GRACE_MS));
  });
}

/** The month after the last closed one, or that of the very first meter. */
async function nextToClose({ statements, books }: BillingTransaction): Promise<BillingMonth | undefined> {
  const last = (await statements.closedMonths()).at(-1);
  if (last) return nextMonth(last);
  const began = await books.firstMeterBegan();
  return began && billingMonthOf(began);
}

/** False while a price is unknown. */
async function closeMonth(tx: BillingTransaction, month: BillingMonth, now: Date): Promise<boolean> {
  const { books, statements } = tx;
  const closed = await monthsToCompare(tx);
  const window = { from: windowOf(closed[0] ?? month).from, to: windowOf(month).to };
  const found = [...(await books.metersWithin(window)), ...(await statements.metersOutside(window, closed))];
  const meters = priced(found, await books.prices());
  if (!meters) return false;
  const stated = await statements.stated(closed);
  const lines = statementLines(meters, { month, closed, stated, now });
  await statements.close({ month, closedAt: now, currency: await books.currency(), lines });
  return true;
}

/** One after the other, without a gap. */
async function monthsToCompare({ statements }: BillingTransaction): Promise<readonly BillingMonth[]> {
  const closed = await statements.closedMonths();
  const wrong = await statements.oldestOutlived();
  const oldest = closed.findIndex((month) => month === wrong);
  return closed.slice(oldest < 0 ? -LOOK_BACK : Math.min(oldest, Math.max(closed.length - LOOK_BACK, 0)));
}
