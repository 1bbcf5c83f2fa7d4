const window = { days: ['MONDAY'], start: '08:00', end: '18:00', warm: 2 };
/** A schedule with nothing wrong. */
export const officeHours = {
  name: 'Office hours',
  timeZone: 'Europe/Berlin',
  windows: [window],
  holidays: [],
};
const windowWith = (given: object) => ({ windows: [{ ...window, ...given }] });
const holidays = (...dates: string[]) => ({ holidays: dates.map((date) => ({ date, name: 'Feast' })) });
const everyDay = (count: number) =>
  holidays(
    ...Array.from({ length: count }, (_, index) =>
      new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
    ),
  );
/** One minute each, none of them at the same time. */
const manyWindows = (count: number) => ({
  windows: Array.from({ length: count }, (_, index) => {
    const time = (minutes: number) => new Date(minutes * 60_000).toISOString().slice(11, 16);
    return { ...window, start: time(index * 2), end: time(index * 2 + 1) };
  }),
});

/** What is wrong with the fields of a schedule, and how it is refused. */
export const refusedSchedules: [what: string, given: object, ...expected: string[]][] = [
  ['no name', { name: '' }, 'INVALID input.name'],
  ['a name of blanks', { name: ' \t ' }, 'INVALID input.name'],
  ['a name of 101 characters', { name: 'x'.repeat(101) }, 'INVALID input.name'],
  ['a name with a line break', { name: 'a\nb' }, 'INVALID input.name'],
  ['a zone that does not exist', { timeZone: 'Europe/Atlantis' }, 'INVALID input.timeZone'],
  ['an offset for a zone', { timeZone: '+02:00' }, 'INVALID input.timeZone'],
  ['no zone', { timeZone: '' }, 'INVALID input.timeZone'],
  ['a zone of ten thousand letters', { timeZone: 'A'.repeat(10_000) }, 'INVALID input.timeZone'],
  ['a window without days', windowWith({ days: [] }), 'INVALID input.windows.0.days'],
  ['a window that ends as it starts', windowWith({ end: '08:00' }), 'INVALID input.windows.0.end'],
  ['a window that ends before it starts', windowWith({ end: '07:59' }), 'INVALID input.windows.0.end'],
  ['a window over midnight', windowWith({ start: '22:00', end: '06:00' }), 'INVALID input.windows.0.end'],
  [
    'a start at 24:00',
    windowWith({ start: '24:00', end: '24:00' }),
    'INVALID input.windows.0.start',
    'INVALID input.windows.0.end',
  ],
  ['an end at 24:01', windowWith({ end: '24:01' }), 'INVALID input.windows.0.end'],
  ['a start without its zero', windowWith({ start: '8:00' }), 'INVALID input.windows.0.start'],
  ['a start with seconds', windowWith({ start: '08:00:00' }), 'INVALID input.windows.0.start'],
  ['a start in words', windowWith({ start: 'eight' }), 'INVALID input.windows.0.start'],
  ['an end at 17:60', windowWith({ end: '17:60' }), 'INVALID input.windows.0.end'],
  ['fewer than none warm', windowWith({ warm: -1 }), 'INVALID input.windows.0.warm'],
  ['501 warm', windowWith({ warm: 501 }), 'INVALID input.windows.0.warm'],
  ['51 windows', manyWindows(51), 'INVALID input.windows'],
  [
    'two windows at once',
    { windows: [window, { ...window, start: '17:59', end: '19:00' }] },
    'INVALID input.windows.1',
  ],
  ['the same window twice', { windows: [window, window] }, 'INVALID input.windows.1'],
  ['a holiday on a day that does not exist', holidays('2026-02-29'), 'INVALID input.holidays.0.date'],
  ['a holiday in the 13th month', holidays('2026-13-01'), 'INVALID input.holidays.0.date'],
  ['a date as people write it', holidays('1.5.2026'), 'INVALID input.holidays.0.date'],
  ['a date with a time', holidays('2026-05-01T00:00:00Z'), 'INVALID input.holidays.0.date'],
  ['a holiday twice', holidays('2026-05-01', '2026-05-01'), 'INVALID input.holidays.1.date'],
  [
    'a holiday without a name',
    { holidays: [{ date: '2026-05-01', name: '' }] },
    'INVALID input.holidays.0.name',
  ],
  ['501 holidays', everyDay(501), 'INVALID input.holidays'],
  ['a country that does not exist', { holidayCountry: 'ZZ' }, 'INVALID input.holidayCountry'],
  ['a part that its country does not have', { holidayCountry: 'DE-CA' }, 'INVALID input.holidayCountry'],
  ['a country by its name', { holidayCountry: 'Germany' }, 'INVALID input.holidayCountry'],
  ['no country', { holidayCountry: '' }, 'INVALID input.holidayCountry'],
  [
    'much at once',
    { name: '', timeZone: 'Mars', holidayCountry: 'ZZ' },
    'INVALID input.name',
    'INVALID input.timeZone',
    'INVALID input.holidayCountry',
  ],
];

/** Fields at the edge of what is refused. */
export const acceptedSchedules: [what: string, given: object][] = [
  ['50 windows', manyWindows(50)],
  ['500 holidays', everyDay(500)],
  ['a leap day', holidays('2028-02-29')],
  ['500 warm until 24:00', windowWith({ start: '00:00', end: '24:00', warm: 500 })],
  ['windows that touch', { windows: [window, { ...window, start: '18:00', end: '19:00' }] }],
  ['no windows at all', { windows: [] }],
];
