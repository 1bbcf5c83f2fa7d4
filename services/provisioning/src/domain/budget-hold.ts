import type { BudgetHold } from '@cleanroom/kernel';
import type { Machine } from './machine.js';
import { LATEST_DELETE_BEFORE_END_MS, leaveAt, paidUntil } from './paid-hour.js';
import type { Runner } from './runner.js';

const HOUR_MS = 3_600_000;
/** The next hour is asked for this long before it begins, so that the answer is there when sleep is decided. */
const ASK_BEFORE_END_MS = 6 * 60_000;
/** While the answer is still to come an idle machine is kept until then: a deletion must be sent in time. */
const LATEST_ANSWER_BEFORE_END_MS = LATEST_DELETE_BEFORE_END_MS + 30_000;
/** Longer than billing is restarted for. */
const PATIENCE_MS = 60_000;

/** What an order has to wait for. */
export type OrderHold = 'may-order' | 'ask' | 'wait' | 'refused' | 'unanswered';

type Asking = Pick<Machine, 'hoursAsked' | 'hoursGranted' | 'hoursDecided' | 'createdAt'>;

/** Whether a machine that is not ordered yet may be. */
export function orderHold(machine: Asking, since: Date, { holds, blocks }: BudgetHold, now: Date): OrderHold {
  if (holds && machine.hoursAsked === 0) return 'ask';
  if (!blocks || machine.hoursGranted > 0) return 'may-order';
  if (machine.hoursDecided > 0) return 'refused';
  return now.getTime() - since.getTime() < PATIENCE_MS ? 'wait' : 'unanswered';
}

/** Until when an answer about an order is waited for. */
export const answerBy = (since: Date): Date => new Date(since.getTime() + PATIENCE_MS);

/** How many hours of a machine's life have begun. */
const hoursBegun = (createdAt: Date, now: Date): number =>
  Math.round((paidUntil(createdAt, now).getTime() - createdAt.getTime()) / HOUR_MS);

/** When which hours are to be asked for; `undefined` where nothing is to be asked. */
export function nextAsk(
  machine: Asking,
  { wanted, state }: Pick<Runner, 'wanted' | 'state'>,
  { holds }: BudgetHold,
  now: Date,
): { at: Date; hours: number } | undefined {
  if (!holds || machine.createdAt === null || !(wanted || state === 'BUSY')) return undefined;
  const hours = hoursBegun(machine.createdAt, now) + 1;
  const end = paidUntil(machine.createdAt, now).getTime();
  if (machine.hoursAsked >= hours)
    return { at: new Date(end + HOUR_MS - ASK_BEFORE_END_MS), hours: hours + 1 };
  return { at: new Date(end - ASK_BEFORE_END_MS), hours };
}

/**
 * From when a machine that runs no job must go because its next hour is not granted. A job is never cut off: what it
 * costs beyond the budget shows in the bill.
 */
export function unpaidFrom(machine: Asking, { blocks }: BudgetHold, now: Date): Date | undefined {
  const { createdAt, hoursAsked, hoursGranted, hoursDecided } = machine;
  if (!blocks || createdAt === null || hoursGranted > hoursBegun(createdAt, now)) return undefined;
  const isPending = hoursAsked > hoursDecided;
  const leave = leaveAt(createdAt, now);
  const latest = new Date(paidUntil(createdAt, now).getTime() - LATEST_ANSWER_BEFORE_END_MS);
  return isPending && latest > leave ? latest : leave;
}

/** Billing has said no to the hour that follows. */
export const isNextHourRefused = (
  { hoursAsked, hoursGranted, hoursDecided }: Asking,
  { blocks }: BudgetHold,
): boolean => blocks && hoursDecided >= hoursAsked && hoursGranted < hoursAsked;
