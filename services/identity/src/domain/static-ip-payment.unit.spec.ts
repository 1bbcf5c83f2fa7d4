import { NO_BUDGET, type BudgetHold } from '@cleanroom/kernel';
import { isAwaited, paymentStep } from './static-ip-payment.js';
import type { Payment } from './static-ip.js';

const at = (time: string) => new Date(`2026-11-23T${time}Z`);
const now = at('10:00:00');
const blocks: BudgetHold = { ...NO_BUDGET, holds: true, blocks: true };
const refuses = { ...blocks, refusedUntil: at('11:00:00'), refusedBecause: 'it is used up' };
const step = (payment: Payment, budget: BudgetHold, askedAt = '09:59:30') =>
  paymentStep({ payment, askedAt: at(askedAt) }, budget, now);

describe('an address that is to be ordered', () => {
  const mayOrder = { kind: 'may-order' };
  const refused = { kind: 'refused', until: at('11:00:00'), because: 'it is used up' };

  it.each<Payment>(['UNASKED', 'ASKED', 'REFUSED'])(
    'waits for nothing where no budget blocks: %s',
    (payment) => {
      expect(step(payment, NO_BUDGET)).toEqual(mayOrder);
      expect(step(payment, { ...NO_BUDGET, holds: true })).toEqual(mayOrder);
    },
  );

  it('is ordered once it is granted, whatever the budget says since', () => {
    expect(step('GRANTED', refuses)).toEqual(mayOrder);
  });

  it.each<Payment>(['UNASKED', 'REFUSED'])('is asked for under a budget that blocks: %s', (payment) => {
    expect(step(payment, blocks)).toEqual({ kind: 'ask' });
    expect(step(payment, { ...refuses, refusedUntil: now })).toEqual({ kind: 'ask' });
  });

  it('is not asked for where another was refused', () => {
    expect(step('UNASKED', refuses)).toEqual(refused);
    expect(step('REFUSED', refuses)).toEqual(refused);
  });

  it('waits a minute for its own answer, and then asks again, but orders nothing', () => {
    expect(step('ASKED', refuses)).toEqual({ kind: 'wait', until: at('10:00:30') });
    expect(step('ASKED', blocks, '09:59:00')).toEqual({ kind: 'ask' });
    expect(step('ASKED', refuses, '09:59:00')).toEqual(refused);
  });
});

it.each([
  ['the last question of one that asks', true, {}],
  ['one that has told since that it is refused', false, { payment: 'REFUSED' as const }],
  ['an older question', false, { question: 3 }],
  ['one that was granted already', false, { payment: 'GRANTED' as const }],
  ['one that is ordered without asking', false, { payment: 'UNASKED' as const }],
  ['one that is given back', false, { status: 'RELEASING' as const }],
])('an answer to %s counts: %s', (_, counts, change) => {
  expect(isAwaited({ status: 'RESERVING', payment: 'ASKED', question: 2, ...change }, 2)).toBe(counts);
});
