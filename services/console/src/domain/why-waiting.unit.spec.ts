import { whyWaiting } from './why-waiting.js';

const NOW = Date.parse('2026-11-30T12:00:00Z');

it('says the reason and what happens next', () => {
  const job = {
    waitingBecause: 'ccx33 is sold out in hel1',
    ...{ waitingCode: 'SOLD_OUT' as const, nextTryAt: '2026-11-30T12:02:00Z' },
  };
  expect(whyWaiting(job, NOW)).toBe('ccx33 is sold out in hel1. Next try in 2 minutes.');
});

it('says that the reason is not known yet', () => {
  expect(whyWaiting({ waitingBecause: null, waitingCode: null, nextTryAt: null }, NOW)).toBe(
    'Why is being found out.',
  );
});

it.each([
  [
    'A runner is starting; it is expected to be ready at 2026-11-30T12:00:35Z.',
    'A runner is starting; it is expected to be ready at 12:00:35 UTC, in 35 s.',
  ],
  [
    'A runner is starting; it was expected to be ready at 2026-11-30T11:59:00Z and is late.',
    'A runner is starting; it was expected to be ready at 11:59:00 UTC and is late.',
  ],
])('says when it is to be over as a clock shows it, and how long that is: %s', (waitingBecause, said) => {
  expect(whyWaiting({ waitingBecause, waitingCode: 'STARTING', nextTryAt: null }, NOW)).toBe(said);
});

it.each([
  ['NO_POOL_MATCHES', 'It waits until a pool takes such jobs.'],
  ['OUTSIDE_SIZE', 'It runs when a runner is free; a larger pool would take it sooner.'],
  ['PAUSED', 'It goes on when the pool is no longer paused.'],
  ['CREDENTIALS_INVALID', 'It goes on when the connection has a token that is accepted.'],
  ['BUDGET_EXHAUSTED', 'A higher budget lets it go on before the month is over.'],
] as const)('says what ends the waiting where time alone does not: %s', (waitingCode, next) => {
  expect(whyWaiting({ waitingBecause: 'so it is', waitingCode, nextTryAt: null }, NOW)).toBe(
    `So it is. ${next}`,
  );
});
