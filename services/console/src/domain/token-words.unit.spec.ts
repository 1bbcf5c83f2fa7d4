import { endOf, endOfDay, lastUse } from './token-words.js';

const now = Date.parse('2026-11-30T12:00:00Z');

it('says when a token was last used', () => {
  expect(lastUse(null, now)).toBe('not yet');
  expect(lastUse('2026-11-30T11:50:00Z', now)).toBe('10 min ago');
});

it('says when it ends', () => {
  expect(endOf(null, now)).toBe('never');
  expect(endOf('2026-11-30T11:00:00Z', now)).toBe('has ended');
  expect(endOf('2027-01-31T23:59:59Z', now)).toBe('Sun 31 Jan 2027');
});

it('lets a day count to its end', () => {
  expect(endOfDay('2027-01-31')).toBe('2027-01-31T23:59:59Z');
  expect(endOfDay('')).toBeNull();
});
