import { billingMonthOf, type BillingMonth } from '../domain/billing-month.js';
import { isOver } from '../domain/closed-month.js';
import type { BillingPorts, Statement } from '../ports.js';

/** Why there is no statement: there will be one, or there will never be. */
export type NoStatement = 'not_closed' | 'nothing_billed';

/** A month's statement. The first one is that of the very first meter: nothing before it was billed, and is closed. */
export const readStatement = (
  { transactions, now }: Pick<BillingPorts, 'transactions' | 'now'>,
  organizationId: string,
  month: BillingMonth,
): Promise<Statement | NoStatement> =>
  transactions.inOrganization(organizationId, async ({ statements, books }) => {
    const statement = await statements.find(month);
    if (statement) return statement;
    if (!isOver(month, now())) return 'not_closed';
    const began = await books.firstMeterBegan();
    return began && billingMonthOf(began) <= month ? 'not_closed' : 'nothing_billed';
  });
