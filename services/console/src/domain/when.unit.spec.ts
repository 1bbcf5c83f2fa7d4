import { byDay, dayOf, momentOf, timeOf } from './when.js';

const AT = '2026-11-30T14:48:42.900Z';

it('says days and times in UTC, wherever the browser is', () => {
  expect([dayOf(AT), timeOf(AT), momentOf(AT)]).toEqual(['Mon 30 Nov', '14:48:42', 'Mon 30 Nov, 14:48:42']);
});

it('groups by day without changing the order', () => {
  const events = [AT, '2026-11-30T00:00:00Z', '2026-11-29T23:59:59Z'].map((at) => ({ at }));
  expect(byDay(events)).toEqual([
    { day: 'Mon 30 Nov', events: events.slice(0, 2) },
    { day: 'Sun 29 Nov', events: events.slice(2) },
  ]);
});
