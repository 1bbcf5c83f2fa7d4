import { nextTransitions } from './next-transitions.js';
import { rulesWith, warmAt, type ScheduleRules } from './schedule.js';
import { daysOfWeek, type WorkingWindow } from './window.js';

const rulesOf = (given: Partial<ScheduleRules>): ScheduleRules => ({
  timeZone: 'Europe/Berlin',
  windows: [],
  holidays: [],
  overrides: [],
  ...given,
});
const officeHours: WorkingWindow = {
  days: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
  start: 8 * 60,
  end: 18 * 60,
  warm: 2,
};
const at = (iso: string): Date => new Date(iso);

describe('what a schedule says at an instant', () => {
  it('keeps none warm on a holiday, and says which', () => {
    const rules = rulesOf({ windows: [officeHours], holidays: [{ date: '2026-12-25', name: 'Christmas' }] });
    expect(warmAt(rules, at('2026-12-25T10:00:00Z'))).toEqual({ warm: 0, because: 'holiday: Christmas' });
    expect(warmAt(rules, at('2026-12-28T10:00:00Z')).warm).toBe(2);
  });

  it('takes public holidays for its own, and its own name where a date has two', () => {
    const own = rulesOf({
      windows: [officeHours],
      holidays: [{ date: '2026-12-25', name: 'Company party' }],
    });
    const rules = rulesWith(own, [
      { date: '2026-05-01', name: 'Labour Day' },
      { date: '2026-12-25', name: 'Christmas' },
    ]);
    expect(warmAt(rules, at('2026-05-01T10:00:00Z'))).toEqual({ warm: 0, because: 'holiday: Labour Day' });
    expect(warmAt(rules, at('2026-12-25T10:00:00Z')).because).toBe('holiday: Company party');
  });

  it('has no windows on a day that the zone skipped', () => {
    const windows = [{ days: [...daysOfWeek], start: 8 * 60, end: 9 * 60, warm: 1 }];
    const openings = nextTransitions(
      rulesOf({ timeZone: 'Pacific/Apia', windows }),
      at('2011-12-29T12:00:00Z'),
      4,
    );
    expect(openings.map(({ at }) => at.toISOString())).toEqual([
      '2011-12-29T18:00:00.000Z',
      '2011-12-29T19:00:00.000Z',
      '2011-12-30T18:00:00.000Z',
      '2011-12-30T19:00:00.000Z',
    ]);
  });

  it('lets an override count over windows and holidays, from its begin up to but not at its end', () => {
    const override = {
      id: 'ovr_1',
      from: at('2026-12-25T09:00:00Z'),
      to: at('2026-12-25T11:00:00Z'),
      warm: 5,
      reason: 'release',
    };
    const rules = rulesOf({ holidays: [{ date: '2026-12-25', name: 'Christmas' }], overrides: [override] });
    expect(warmAt(rules, override.from)).toEqual({ warm: 5, because: 'override: release' });
    expect(warmAt(rules, override.to).warm).toBe(0);
  });

  it('lets the override that was made last count where two overlap', () => {
    const span = { from: at('2026-06-01T00:00:00Z'), to: at('2026-06-02T00:00:00Z') };
    const overrides = [
      { ...span, id: 'ovr_2', warm: 7, reason: 'second' },
      { ...span, id: 'ovr_1', warm: 1, reason: 'first' },
    ];
    expect(warmAt(rulesOf({ overrides }), at('2026-06-01T12:00:00Z')).warm).toBe(7);
  });
});

describe('the next transitions of a schedule', () => {
  it('fire once in the hour that spring skips and once in the hour that autumn repeats', () => {
    const night: WorkingWindow = { days: ['SUNDAY'], start: 135, end: 165, warm: 1 };
    const rules = rulesOf({ windows: [night] });
    const [open, close] = nextTransitions(rules, at('2026-03-28T12:00:00Z'), 2);
    expect([open?.at.toISOString(), close?.at.toISOString()]).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T01:45:00.000Z',
    ]);
    const [first, second, third] = nextTransitions(rules, at('2026-10-24T12:00:00Z'), 3);
    expect([first?.at.toISOString(), second?.at.toISOString()]).toEqual([
      '2026-10-25T00:15:00.000Z',
      '2026-10-25T00:45:00.000Z',
    ]);
    expect(third?.at.toISOString()).toBe('2026-11-01T01:15:00.000Z');
  });

  it('see what is left of a window that begins in the hour that spring skips', () => {
    const night: WorkingWindow = { days: ['SUNDAY'], start: 150, end: 210, warm: 1 };
    const [open, close] = nextTransitions(rulesOf({ windows: [night] }), at('2026-03-28T12:00:00Z'), 2);
    expect([open?.at.toISOString(), close?.at.toISOString()]).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T01:30:00.000Z',
    ]);
  });

  it('see one night in a window until 24:00 and one from 00:00', () => {
    const everyDay = [...daysOfWeek];
    const windows = [
      { days: everyDay, start: 22 * 60, end: 1440, warm: 1 },
      { days: everyDay, start: 0, end: 6 * 60, warm: 1 },
    ];
    const said = nextTransitions(rulesOf({ timeZone: 'UTC', windows }), at('2026-06-01T12:00:00Z'), 2);
    expect(said.map(({ at }) => at.toISOString())).toEqual([
      '2026-06-01T22:00:00.000Z',
      '2026-06-02T06:00:00.000Z',
    ]);
  });

  it('say for which holidays a closing lasts longer than the week would have it', () => {
    const holidays = [
      { date: '2026-12-25', name: 'Christmas' },
      { date: '2026-12-26', name: 'Boxing Day' },
    ];
    const said = nextTransitions(
      rulesOf({ windows: [officeHours], holidays }),
      at('2026-12-24T12:00:00Z'),
      3,
    );
    // The 26th is a Saturday: nothing would have opened anyway.
    expect(said.map(({ at, warm, because }) => [at.toISOString(), warm, because])).toEqual([
      ['2026-12-24T17:00:00.000Z', 0, 'outside working hours; closed for Christmas on 2026-12-25'],
      ['2026-12-28T07:00:00.000Z', 2, 'working hours'],
      ['2026-12-28T17:00:00.000Z', 0, 'outside working hours'],
    ]);
  });

  it.each([
    ['2026-12-24T20:00:00Z', 'working hours; closed for Christmas on 2026-12-25'],
    ['2026-12-25T12:00:00Z', 'working hours; closed for Christmas on 2026-12-25'],
    ['2026-12-25T20:00:00Z', 'working hours'],
    ['2026-12-23T20:00:00Z', 'working hours'],
  ])('say at %s, when all is closed, why the next opening does not come earlier', (now, because) => {
    const holidays = [{ date: '2026-12-25', name: 'Christmas' }];
    const [next] = nextTransitions(rulesOf({ windows: [officeHours], holidays }), at(now), 1);
    expect(next?.because).toBe(because);
  });

  it('are none where nothing ever changes', () => {
    expect(nextTransitions(rulesOf({}), at('2026-06-01T12:00:00Z'), 5)).toEqual([]);
  });
});
