import { windowOf, type BillingMonth } from './billing-month.js';

/** Events of a month's last minutes have come by then, and a deletion with a lost answer has been looked after. */
export const GRACE_MS = 2 * 3_600_000;

/** Whether a month has ended so long ago that it is closed. */
export const isOver = (month: BillingMonth, now: Date): boolean =>
  windowOf(month).to.getTime() + GRACE_MS <= now.getTime();
