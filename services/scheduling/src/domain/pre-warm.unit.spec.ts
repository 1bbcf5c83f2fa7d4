import { warmAhead } from './pre-warm.js';
import type { ScheduleRules } from './schedule.js';

const at = (time: string): Date => new Date(`2026-03-02T${time}Z`);
const window = (start: number, end: number, warm: number) => ({
  days: ['MONDAY' as const],
  start: start * 60,
  end: end * 60,
  warm,
});
const rules = (given: Partial<ScheduleRules> = {}): ScheduleRules => ({
  timeZone: 'Europe/Berlin',
  windows: [window(8, 12, 2), window(12, 18, 1)],
  holidays: [],
  overrides: [],
  ...given,
});
const LEAD = 90_000;

describe('warming up for a window', () => {
  it('begins as long before it as a runner takes, and says for which', () => {
    expect(warmAhead(rules(), at('06:58:29'), LEAD)).toMatchObject({
      warm: 0,
      because: 'outside working hours',
    });
    expect(warmAhead(rules(), at('06:58:30'), LEAD)).toMatchObject({
      warm: 2,
      because: 'pre-warming for the window at 08:00',
    });
    expect(warmAhead(rules(), at('07:00:00'), LEAD)).toMatchObject({ warm: 2, because: 'working hours' });
  });

  it('does not let go early of what a smaller window will not need', () => {
    expect(warmAhead(rules(), at('10:59:30'), LEAD).warm).toBe(2);
    expect(warmAhead(rules(), at('11:00:00'), LEAD).warm).toBe(1);
  });

  it('is done for an override too, with its reason, and not on a holiday', () => {
    const release = {
      id: 'ovr_1',
      from: at('22:00:00'),
      to: at('23:00:00'),
      warm: 4,
      reason: 'release night',
    };
    expect(warmAhead(rules({ overrides: [release] }), at('21:59:00'), LEAD)).toMatchObject({
      warm: 4,
      because: 'pre-warming for the override at 23:00: release night',
    });
    const holidays = [{ date: '2026-03-02', name: 'Founding day' }];
    expect(warmAhead(rules({ holidays }), at('06:59:00'), LEAD).warm).toBe(0);
  });

  it('is thought of again at each begin, less the lead, and at each end', () => {
    const looks = [warmAhead(rules(), at('00:00:00'), LEAD).next];
    while (looks.length < 4) looks.push(warmAhead(rules(), looks.at(-1)!, LEAD).next);
    expect(looks.map((look) => look.toISOString().slice(11, 19))).toEqual([
      '06:58:30',
      '07:00:00',
      '10:58:30',
      '11:00:00',
    ]);
  });
});
