import { draftOf, newDraft, scheduleInput } from './schedule-draft.js';

const schedule = {
  name: 'Office hours',
  timeZone: 'Europe/Berlin',
  holidayCountry: null,
  windows: [{ days: ['MONDAY'], start: '08:00', end: '18:00', warm: 2 }],
  holidays: [{ date: '2026-12-04', name: 'Company day' }],
} as const;

it('is the same schedule again where nothing was changed', () => {
  expect(scheduleInput(draftOf(schedule))).toEqual(schedule);
});

it('lets the API refuse what is no number', () => {
  const draft = newDraft('UTC');
  const windows = draft.windows.map((window) => ({ ...window, warm: 'many' }));
  expect(scheduleInput({ ...draft, windows }).windows[0]?.warm).toBe(-1);
});
