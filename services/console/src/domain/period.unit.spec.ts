import { boundsOf, monthsBefore } from './period.js';

const NOW = Date.parse('2027-01-15T13:30:00Z');

it.each([
  ['7d', '2027-01-09', '2027-01-16'],
  ['30d', '2026-12-17', '2027-01-16'],
  ['month', '2027-01-01', '2027-01-16'],
  ['last-month', '2026-12-01', '2027-01-01'],
] as const)('%s is from %s to %s', (period, from, to) => {
  expect(boundsOf(period, NOW)).toEqual({ from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` });
});

it('counts months back over the year', () => {
  expect(monthsBefore(NOW, 3)).toEqual(['2026-12', '2026-11', '2026-10']);
});
