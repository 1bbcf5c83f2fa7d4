import fc from 'fast-check';
import { isTimeZone, localDays } from './local-days.js';

const at = (text: string) => new Date(text);

describe('the days of a time zone', () => {
  it('begin at its midnight, and only the part within the window counts', () => {
    expect(
      localDays({ from: at('2026-11-23T20:00:00Z'), to: at('2026-11-25T01:00:00Z') }, 'Europe/Berlin'),
    ).toEqual([
      { date: '2026-11-23', from: at('2026-11-23T20:00:00Z'), to: at('2026-11-23T23:00:00Z') },
      { date: '2026-11-24', from: at('2026-11-23T23:00:00Z'), to: at('2026-11-24T23:00:00Z') },
      { date: '2026-11-25', from: at('2026-11-24T23:00:00Z'), to: at('2026-11-25T01:00:00Z') },
    ]);
  });

  it('are 25 and 23 hours long where the clocks change, and begin at one o’clock where midnight does not exist', () => {
    const hours = (date: string, zone: string) => {
      const window = {
        from: at(`${date}T12:00:00Z`),
        to: new Date(at(`${date}T12:00:00Z`).getTime() + 3 * 86_400_000),
      };
      return localDays(window, zone).map((day) => (day.to.getTime() - day.from.getTime()) / 3_600_000)[1];
    };
    expect(hours('2026-10-24', 'Europe/Berlin')).toBe(25);
    expect(hours('2026-03-28', 'Europe/Berlin')).toBe(23);
    expect(hours('2026-04-23', 'Africa/Cairo')).toBe(23);
  });

  it('follow one another without a gap and cover the window, in any zone', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'Australia/Lord_Howe',
      'America/St_Johns',
      'Africa/Cairo',
      'Pacific/Apia',
    ];
    const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 11, 31) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instant, fc.nat(40 * 86_400_000), (zone, from, length) => {
        const days = localDays({ from: new Date(from), to: new Date(from + length) }, zone);
        const bounds = days.flatMap((day) => [day.from.getTime(), day.to.getTime()]);
        expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
        expect(days.reduce((sum, day) => sum + day.to.getTime() - day.from.getTime(), 0)).toBe(length);
        expect(new Set(days.map(({ date }) => date)).size).toBe(days.length);
      }),
      { numRuns: 60 },
    );
  });

  it('know which names are those of zones', () => {
    expect([isTimeZone('Europe/Berlin'), isTimeZone('Europe/Entenhausen')]).toEqual([true, false]);
  });
});
