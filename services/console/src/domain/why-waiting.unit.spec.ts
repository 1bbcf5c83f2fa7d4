import { whyWaiting } from './why-waiting.js';

const NOW = Date.parse('2026-11-30T12:00:00Z');

it('says the reason and what happens next', () => {
  const job = { waitingBecause: 'ccx33 is sold out in hel1', nextTryAt: '2026-11-30T12:02:00Z' };
  expect(whyWaiting(job, NOW)).toBe('ccx33 is sold out in hel1. Next try in 2 minutes.');
});

it('says that the reason is not known yet', () => {
  expect(whyWaiting({ waitingBecause: null, nextTryAt: null }, NOW)).toBe('Why is being found out.');
});
