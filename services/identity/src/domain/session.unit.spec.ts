import { sessionEnd } from './session.js';

const now = new Date('2026-11-30T08:00:00Z');

it.each([
  [null, '2026-11-30T20:00:00.000Z'],
  ['2026-12-31T00:00:00Z', '2026-11-30T20:00:00.000Z'],
  ['2026-11-30T09:00:00Z', '2026-11-30T09:00:00.000Z'],
])('of a token that ends at %j, a session ends at %s', (tokenEnd, end) => {
  expect(sessionEnd(now, tokenEnd === null ? null : new Date(tokenEnd)).toISOString()).toBe(end);
});
