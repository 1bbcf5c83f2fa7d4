import type { BudgetHold } from '@cleanroom/kernel';
import type { StaticIp } from './static-ip.js';

/** What an address that is to be ordered has to wait for. */
export type PaymentStep =
  | { readonly kind: 'may-order' }
  | { readonly kind: 'ask' }
  /** The answer is still to come. */
  | { readonly kind: 'wait'; readonly until: Date }
  | { readonly kind: 'refused'; readonly until: Date; readonly because: string };

/** Longer than billing is restarted for. */
const PATIENCE_MS = 60_000;

/**
 * Whether an address may be ordered now. Without an answer it is asked for again, and never ordered: a hard limit that an
 * outage lifts would not be one. One that asks waits for its own answer, which may be a grant although another was refused.
 */
export function paymentStep(
  { payment, askedAt }: Pick<StaticIp, 'payment' | 'askedAt'>,
  { blocks, refusedUntil, refusedBecause }: BudgetHold,
  now: Date,
): PaymentStep {
  if (!blocks || payment === 'GRANTED') return { kind: 'may-order' };
  const until = answerBy(askedAt ?? now);
  if (payment === 'ASKED' && until > now) return { kind: 'wait', until };
  return refusedUntil !== null && refusedUntil > now
    ? { kind: 'refused', until: refusedUntil, because: refusedBecause ?? 'the budget is used up' }
    : { kind: 'ask' };
}

/** Until when an answer is waited for. */
export const answerBy = (askedAt: Date): Date => new Date(askedAt.getTime() + PATIENCE_MS);

/**
 * Whether an answer is the one that is waited for: one to an older question, or about an address that is there, is none.
 * Neither is one that comes once another's refusal was told: billing has given what it granted to others by then.
 */
export const isAwaited = (
  { status, payment, question }: Pick<StaticIp, 'status' | 'payment' | 'question'>,
  answered: number,
): boolean => status === 'RESERVING' && question === answered && payment === 'ASKED';
