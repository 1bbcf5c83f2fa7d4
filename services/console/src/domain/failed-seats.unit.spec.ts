import { failedSeats, whyFailed } from './failed-seats.js';
import type { Seat } from './fleet.js';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const MINUTE = 60_000;

const seat = (name: string, given: Partial<Seat>): Seat => ({
  ...{ id: name, name, poolId: 'pool', state: 'ASLEEP', place: 0 },
  ...{ since: NOW - MINUTE, reason: null, retryAt: null, ...given },
});
const being = seat('being', { state: 'FAILED' });
const waiting = seat('waiting', {
  ...{ since: NOW - 2 * MINUTE, retryAt: NOW + 2 * MINUTE, reason: 'ccx33 is sold out in hel1' },
});

it('finds who failed and who waits for the next try, the longest first', () => {
  const others = [seat('well', {}), seat('tried', { retryAt: NOW - 1 })];
  expect(failedSeats([being, ...others, waiting], NOW)).toEqual([waiting, being]);
});

it('says why, and what happens next', () => {
  expect([being, waiting].map((one) => whyFailed(one, NOW))).toEqual([
    'Its machine missed a deadline. The machine is being deleted.',
    'ccx33 is sold out in hel1. Next try in 2 minutes.',
  ]);
});
