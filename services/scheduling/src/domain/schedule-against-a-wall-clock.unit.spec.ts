import fc from 'fast-check';
import { nextTransitions } from './next-transitions.js';
import { warmAhead } from './pre-warm.js';
import { warmAt, type ScheduleRules } from './schedule.js';
import { daysOfWeek, overlap, type WorkingWindow } from './window.js';

const MINUTE = 60_000;
const DAYS = 6;

/** Where clocks do what one would not think of; each for six days around it. */
const places = [
  ['Europe/Berlin', '2026-03-27', 'an hour is skipped'],
  ['Europe/Berlin', '2026-10-23', 'an hour is repeated'],
  ['Australia/Lord_Howe', '2026-04-03', 'half an hour is repeated'],
  ['Australia/Lord_Howe', '2026-10-02', 'half an hour is skipped'],
  ['Antarctica/Troll', '2026-03-27', 'two hours are skipped'],
  ['America/Sao_Paulo', '2018-11-02', 'midnight is skipped'],
  ['Africa/Cairo', '2026-10-28', 'the hour before midnight is repeated'],
  ['Asia/Beirut', '2026-03-27', 'a day begins at one'],
  ['Atlantic/Azores', '2026-10-23', 'midnight comes twice'],
  ['Asia/Pyongyang', '2018-05-02', 'the last half hour of a day is skipped'],
  ['Pacific/Apia', '2011-12-28', 'a day is skipped'],
  ['Pacific/Kwajalein', '1993-08-19', 'a day is skipped'],
  ['Africa/Casablanca', '2026-02-13', 'an hour is repeated for Ramadan'],
  ['Asia/Kolkata', '2028-02-27', 'a leap day'],
  ['America/St_Johns', '2028-02-27', 'a leap day in a zone of half hours'],
  ['UTC', '2100-02-26', 'a century without its leap day'],
] as const;

interface Reading {
  readonly at: number;
  readonly date: string;
  /** Minutes since 1970 by the wall clock, as if it never changed. */
  readonly shown: number;
}

/** What a wall clock shows at every minute: slow, and obviously right. */
const wallClock = (timeZone: string, day: string): Reading[] => {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const from = Date.parse(`${day}T00:00:00Z`);
  return Array.from({ length: DAYS * 1440 }, (_, index) => {
    const at = from + index * MINUTE;
    const [date = '', time = ''] = format.format(at).split(', ');
    return { at, date, shown: Date.parse(`${date}T${time}:00Z`) / MINUTE };
  });
};

/** The first minute at which the clock shows this or, where it never does, what comes next. */
const oracleOpens = (readings: readonly Reading[], shown: number): number =>
  readings.find((reading) => reading.shown >= shown)?.at ?? NaN;

/** The first minute at which the clock shows this; where it never does, as long after the last minute before. */
const oracleCloses = (readings: readonly Reading[], shown: number): number => {
  const first = readings.findIndex((reading) => reading.shown >= shown);
  const reached = readings[first];
  if (!reached || reached.shown === shown) return reached?.at ?? NaN;
  const before = readings[first - 1];
  return before ? before.at + (shown - before.shown) * MINUTE : NaN;
};

/** How many are kept warm at every minute of the middle of the readings, worked out window by window, date by date. */
const oracle = (rules: ScheduleRules, readings: readonly Reading[]): Map<number, number> => {
  const closed = rules.holidays.map(({ date }) => date);
  const dates = [...new Set(readings.map(({ date }) => date))].slice(1, -1);
  const open = dates
    .filter((date) => !closed.includes(date))
    .flatMap((date) => {
      const midnight = Date.parse(`${date}T00:00:00Z`) / MINUTE;
      const day = daysOfWeek[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7]!;
      return rules.windows
        .filter(({ days }) => days.includes(day))
        .map(({ start, end, warm }) => ({
          from: oracleOpens(readings, midnight + start),
          to: oracleCloses(readings, midnight + end),
          warm,
        }));
    });
  const warmest = (at: number): number => {
    const overriding = rules.overrides.filter(({ from, to }) => from.getTime() <= at && at < to.getTime());
    const latest = overriding.at(-1);
    if (latest) return latest.warm;
    return Math.max(0, ...open.filter(({ from, to }) => from <= at && at < to).map(({ warm }) => warm));
  };
  const middle = readings.slice(1440 * 2, 1440 * 4);
  return new Map(middle.map(({ at }) => [at, warmest(at)]));
};

const clocks = places.map(([timeZone, day, what]) => ({
  timeZone,
  what,
  readings: wallClock(timeZone, day),
}));
type Clock = (typeof clocks)[number];

/** Edges on the quarter hours of the night, where clocks change, as often as anywhere else. */
const edge = fc.oneof(
  fc.integer({ min: 0, max: 20 }).map((n) => n * 15),
  fc.integer({ min: 88, max: 96 }).map((n) => n * 15),
  fc.integer({ min: 0, max: 1440 }),
);
const warm = fc.integer({ min: 0, max: 9 });
const window: fc.Arbitrary<WorkingWindow> = fc
  .record({ days: fc.subarray([...daysOfWeek], { minLength: 1 }), a: edge, b: edge, warm })
  .filter(({ a, b }) => a !== b)
  .map(({ days, a, b, warm }) => ({ days, start: Math.min(a, b), end: Math.max(a, b), warm }));
const windows = fc
  .array(window, { minLength: 1, maxLength: 6 })
  .map((all) => all.filter((one, index) => !all.slice(0, index).some((earlier) => overlap(earlier, one))));

/** A schedule around these readings: windows for sure, a holiday and overrides now and then. */
const rulesIn = ({ timeZone, readings }: Clock): fc.Arbitrary<ScheduleRules> => {
  const dates = [...new Set(readings.map(({ date }) => date))];
  const minute = fc.integer({ min: 0, max: readings.length - 1 }).map((index) => readings[index]!.at);
  const override = fc
    .record({ a: minute, b: minute, warm })
    .filter(({ a, b }) => a !== b)
    .map(({ a, b, warm }) => ({ from: new Date(Math.min(a, b)), to: new Date(Math.max(a, b)), warm }));
  return fc.record({
    timeZone: fc.constant(timeZone),
    windows,
    holidays: fc.subarray(dates, { maxLength: 1 }).map((all) => all.map((date) => ({ date, name: 'Feast' }))),
    overrides: fc
      .array(override, { maxLength: 2 })
      .map((all) => all.map((one, index) => ({ ...one, id: `ovr_${index}`, reason: 'release' }))),
  });
};

describe.each(clocks)('a schedule in $timeZone, where $what', (clock) => {
  it('says at every minute what a wall clock would have it say', () => {
    fc.assert(
      fc.property(rulesIn(clock), fc.nat(30), (rules, from) => {
        const expected = [...oracle(rules, clock.readings)].filter((_, index) => index % 31 === from);
        const said = expected.map(([at]) => [at, warmAt(rules, new Date(at)).warm]);
        expect(said).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  it('foretells exactly the minutes at which its number changes', () => {
    fc.assert(
      fc.property(rulesIn(clock), (rules) => {
        const [[from, present] = [0, 0], ...minutes] = oracle(rules, clock.readings);
        let last = present;
        const expected = minutes.filter(([, warm]) => warm !== last && ((last = warm), true));
        const until = minutes.at(-1)?.[0] ?? 0;
        const said = nextTransitions(rules, new Date(from), 100).filter(({ at }) => at.getTime() <= until);
        expect(said.map(({ at, warm }) => [at.getTime(), warm])).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  it('warms up for the most that it will want within the lead, and is looked at in time', () => {
    const lead = fc.integer({ min: 1, max: 10 });
    fc.assert(
      fc.property(rulesIn(clock), lead, fc.nat(1400), (rules, lead, start) => {
        const minutes = [...oracle(rules, clock.readings)].slice(start, start + 300 + lead);
        const ahead = minutes
          .slice(0, 300)
          .map((_, index) => Math.max(...minutes.slice(index, index + lead + 1).map(([, warm]) => warm)));
        const said: number[] = [];
        for (let at = minutes[0]![0]; said.length < 300;) {
          const { warm, next } = warmAhead(rules, new Date(at), lead * MINUTE);
          expect(next.getTime()).toBeGreaterThan(at);
          for (; at < next.getTime() && said.length < 300; at += MINUTE) said.push(warm);
        }
        expect(said).toEqual(ahead);
      }),
      { numRuns: 15 },
    );
  });
});
