import { mostWarm, weekGrid } from './week-grid.js';

const rules = {
  timeZone: 'Europe/Berlin',
  windows: [
    { days: ['MONDAY', 'FRIDAY'], start: '11:00', end: '19:00', warm: 40 },
    { days: ['MONDAY'], start: '09:00', end: '11:00', warm: 90 },
    { days: ['SUNDAY'], start: '22:00', end: '24:00', warm: 6 },
  ],
  holidays: [{ date: '2026-12-04', name: 'Company day' }],
  overrides: [
    { id: 'ovr_1', from: '2026-12-02T21:00:00Z', to: '2026-12-03T01:30:00Z', warm: 25, reason: 'Release' },
  ],
} as const;

const week = weekGrid(rules, '2026-11-30');

it('has the windows of each day in the order of the day', () => {
  expect(week.map(({ date }) => date).at(-1)).toBe('2026-12-06');
  expect(week[0]?.blocks.map(({ warm, words }) => `${warm} ${words}`)).toEqual([
    '90 09:00–11:00',
    '40 11:00–19:00',
  ]);
  expect(week[6]?.blocks).toMatchObject([{ start: 1320, end: 1440, warm: 6 }]);
});

it('has no windows on holidays', () => {
  expect(week[4]).toMatchObject({ holiday: 'Company day', blocks: [] });
});

it('shows overrides on each of their days, by the clock of the team', () => {
  expect(week[2]?.blocks).toMatchObject([{ start: 1320, end: 1440, warm: 25, reason: 'Release' }]);
  expect(week[3]?.blocks).toMatchObject([{ start: 0, end: 150, words: '00:00–02:30' }]);
});

it('knows the days on which clocks change, and what is most', () => {
  expect(weekGrid(rules, '2026-10-19').map(({ hours }) => hours)).toEqual([24, 24, 24, 24, 24, 24, 25]);
  expect(mostWarm(rules)).toBe(90);
  expect(mostWarm({ windows: [] })).toBe(1);
});
