import fc from 'fast-check';
import {
  addDays,
  clockText,
  hoursOf,
  instantOf,
  localMoment,
  minutesOf,
  mondayOf,
  wallTime,
} from './zone-clock.js';

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'];
const at = (text: string) => Date.parse(text);

it('shows what the wall shows', () => {
  expect(wallTime('Europe/Berlin', at('2026-11-30T23:30:00Z'))).toEqual({ date: '2026-12-01', minutes: 30 });
  expect(wallTime('UTC', at('2026-11-30T00:00:00Z'))).toEqual({ date: '2026-11-30', minutes: 0 });
});

it('finds the instant again, except where the wall shows it twice', () => {
  const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), instants, (zone, date) => {
      const instant = Math.floor(date.getTime() / 60_000) * 60_000;
      const found = instantOf(zone, wallTime(zone, instant));
      expect(wallTime(zone, found)).toEqual(wallTime(zone, instant));
      expect(found).toBeLessThanOrEqual(instant);
    }),
  );
});

it('goes past what is skipped, and takes the first of what comes twice', () => {
  const berlin = (date: string, time: string) =>
    new Date(instantOf('Europe/Berlin', { date, minutes: minutesOf(time) })).toISOString();
  expect(berlin('2026-03-29', '02:30')).toBe('2026-03-29T01:30:00.000Z');
  expect(berlin('2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z');
});

it('knows the days that are longer and shorter', () => {
  const days = ['2026-03-29', '2026-10-25', '2026-10-26'];
  expect(days.map((day) => hoursOf('Europe/Berlin', day))).toEqual([23, 25, 24]);
});

it('counts dates and times of day', () => {
  expect([addDays('2026-12-31', 1), mondayOf('2026-12-06'), mondayOf('2026-11-30')]).toEqual([
    '2027-01-01',
    '2026-11-30',
    '2026-11-30',
  ]);
  expect([clockText(545), clockText(1440), minutesOf('24:00')]).toEqual(['09:05', '24:00', 1440]);
});

it('says a moment by the clock of the team', () => {
  expect(localMoment('Europe/Berlin', '2026-11-30T23:30:00Z')).toBe('Tue 1 Dec, 00:30');
});
