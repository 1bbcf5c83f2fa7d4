import { NO_BUDGET, type BudgetHold } from '@cleanroom/kernel';
import { answerBy, isNextHourRefused, nextAsk, orderHold, unpaidFrom } from './budget-hold.js';

const at = (time: string) => new Date(`2026-11-23T${time}Z`);
const warns: BudgetHold = { ...NO_BUDGET, holds: true };
const blocks: BudgetHold = { ...warns, blocks: true };
const machine = { hoursAsked: 0, hoursGranted: 0, hoursDecided: 0, createdAt: at('09:00:00') };
const since = at('09:00:00');

describe('an order under a budget', () => {
  it.each([
    ['no budget', NO_BUDGET, {}, '09:00:10', 'may-order'],
    ['a budget, before it asked', blocks, {}, '09:00:10', 'ask'],
    ['a budget that warns, before it asked', warns, {}, '09:00:10', 'ask'],
    ['a budget that warns, whatever the answer', warns, { hoursAsked: 1 }, '09:00:10', 'may-order'],
    ['a budget, before the answer', blocks, { hoursAsked: 1 }, '09:00:59', 'wait'],
    ['a budget that gives no answer', blocks, { hoursAsked: 1 }, '09:01:00', 'unanswered'],
    ['a grant', blocks, { hoursAsked: 1, hoursDecided: 1, hoursGranted: 1 }, '09:05:00', 'may-order'],
    ['a refusal', blocks, { hoursAsked: 1, hoursDecided: 1 }, '09:00:10', 'refused'],
  ])('with %s', (_, budget, change, time, expected) => {
    expect(orderHold({ ...machine, ...change }, since, budget, at(time))).toBe(expected);
  });

  it('waits for its answer for a minute', () => {
    expect(answerBy(since)).toEqual(at('09:01:00'));
  });
});

describe('the next hour under a budget', () => {
  const wanted = { wanted: true, state: 'IDLE' } as const;

  it('is asked for 6 minutes before it begins, counted from the machine’s creation', () => {
    expect(nextAsk({ ...machine, hoursAsked: 1 }, wanted, blocks, at('09:10:00'))).toEqual({
      at: at('09:54:00'),
      hours: 2,
    });
    expect(nextAsk({ ...machine, hoursAsked: 2 }, wanted, blocks, at('09:55:00'))).toEqual({
      at: at('10:54:00'),
      hours: 3,
    });
  });

  it('is asked for at once by a machine that is older than its budget', () => {
    expect(nextAsk(machine, wanted, blocks, at('11:55:00'))).toEqual({ at: at('11:54:00'), hours: 4 });
  });

  it('is asked for while a job runs, and not for an idle machine that nobody wants', () => {
    expect(nextAsk(machine, { wanted: false, state: 'BUSY' }, blocks, at('09:10:00'))).toBeDefined();
    expect(nextAsk(machine, { wanted: false, state: 'IDLE' }, blocks, at('09:10:00'))).toBeUndefined();
    expect(nextAsk(machine, wanted, NO_BUDGET, at('09:10:00'))).toBeUndefined();
    expect(nextAsk({ ...machine, createdAt: null }, wanted, blocks, at('09:10:00'))).toBeUndefined();
  });

  it('that was refused ends the machine 3 minutes before', () => {
    const refused = { ...machine, hoursAsked: 2, hoursGranted: 1, hoursDecided: 2 };
    expect(unpaidFrom(refused, blocks, at('09:55:00'))).toEqual(at('09:57:00'));
    expect(isNextHourRefused(refused, blocks)).toBe(true);
    expect(isNextHourRefused(refused, warns)).toBe(false);
    expect(unpaidFrom(refused, warns, at('09:55:00'))).toBeUndefined();
  });

  it('that nobody has answered ends it as late as a deletion can be sent for sure', () => {
    const pending = { ...machine, hoursAsked: 2, hoursGranted: 1, hoursDecided: 1 };
    expect(unpaidFrom(pending, blocks, at('09:55:00'))).toEqual(at('09:58:30'));
  });

  it('that is granted ends nothing', () => {
    const granted = { ...machine, hoursAsked: 2, hoursGranted: 2, hoursDecided: 2 };
    expect(unpaidFrom(granted, blocks, at('09:59:00'))).toBeUndefined();
    expect(unpaidFrom(granted, blocks, at('10:01:00'))).toEqual(at('10:57:00'));
  });
});
