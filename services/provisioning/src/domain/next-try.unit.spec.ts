import { nextTryAt } from './next-try.js';

const now = new Date('2026-03-02T08:00:00Z');
const past = new Date('2026-03-02T07:59:59Z');
const soon = new Date('2026-03-02T08:00:30Z');
const later = new Date('2026-03-02T09:00:00Z');

const of = (given: Partial<Parameters<typeof nextTryAt>[0]>, refusedUntil: Date | null = null) =>
  nextTryAt(
    { state: 'ASLEEP', retryAt: null, retiring: false, heldByBudget: false, ...given },
    { refusedUntil },
    now,
  );

describe('when a runner is next tried', () => {
  it.each([
    ['its rest is over, after it failed', of({ state: 'FAILED', retryAt: soon }), soon],
    [
      'its rest is over, although its machine is still being deleted',
      of({ state: 'STOPPING', retryAt: soon }),
      soon,
    ],
    ['the place where it sleeps may have machines again', of({ retryAt: later }), later],
    ['its order is repeated', of({ state: 'STARTING', retryAt: soon }), soon],
    ['the budget may have room again', of({ heldByBudget: true }, later), later],
  ])('is when %s', (_, at, expected) => expect(at).toEqual(expected));

  it.each([
    ['nothing keeps it', of({})],
    ['its rest is over', of({ retryAt: past })],
    ['it works, whatever kept it before', of({ state: 'IDLE', retryAt: soon })],
    ['it is on its way out for good', of({ retryAt: soon, retiring: true })],
    ['a budget refuses others, and it was not wanted', of({}, later)],
    [
      'nobody knows when its budget has room again, whatever kept it before',
      of({ heldByBudget: true, retryAt: soon }),
    ],
  ])('is nothing while %s', (_, at) => expect(at).toBeNull());
});
