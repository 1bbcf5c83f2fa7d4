import { overrideRefusals, scheduleRefusals, type ScheduleDraft, type WindowDraft } from './refusals.js';

const window: WindowDraft = { days: ['MONDAY'], start: '08:00', end: '18:00', warm: 2 };
const draft = (given: Partial<ScheduleDraft> = {}): ScheduleDraft => ({
  name: 'Office hours',
  timeZone: 'Europe/Berlin',
  windows: [window],
  holidays: [],
  holidayCountry: null,
  ...given,
});
const paths = (given: Partial<ScheduleDraft>): string[] =>
  scheduleRefusals(draft(given)).map(({ code, path }) => `${code} ${path.join('.')}`);
const windowPaths = (given: Partial<WindowDraft>): string[] => paths({ windows: [{ ...window, ...given }] });

describe('a schedule as it is asked for', () => {
  it('is kept where nothing is wrong with it', () => {
    expect(paths({})).toEqual([]);
    expect(windowPaths({ start: '22:00', end: '24:00' })).toEqual([]);
    expect(paths({ windows: [] })).toEqual([]);
  });

  it('has a name of 1 to 100 characters', () => {
    expect(paths({ name: '   ' })).toEqual(['INVALID input.name']);
    expect(paths({ name: 'x'.repeat(101) })).toEqual(['INVALID input.name']);
    expect(paths({ name: 'x'.repeat(100) })).toEqual([]);
  });

  it.each(['Europe/Atlantis', '+01:00', '', 'berlin mean time', '2026'])(
    'has a zone of IANA, unlike "%s"',
    (zone) => {
      expect(paths({ timeZone: zone })).toEqual(['INVALID input.timeZone']);
    },
  );

  it.each(['UTC', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])(
    'may be in %s',
    (timeZone) => {
      expect(paths({ timeZone })).toEqual([]);
    },
  );

  it('has windows of at least one day that end after they start, each refusal at its field', () => {
    expect(windowPaths({ days: [] })).toEqual(['INVALID input.windows.0.days']);
    expect(windowPaths({ end: '08:00' })).toEqual(['INVALID input.windows.0.end']);
    expect(windowPaths({ start: '22:00', end: '06:00' })).toEqual(['INVALID input.windows.0.end']);
    expect(windowPaths({ end: '24:01' })).toEqual(['INVALID input.windows.0.end']);
    expect(windowPaths({ start: '24:00', end: '24:00' })).toContain('INVALID input.windows.0.start');
    expect(windowPaths({ start: '8:00' })).toEqual(['INVALID input.windows.0.start']);
    expect(windowPaths({ start: '08:60' })).toEqual(['INVALID input.windows.0.start']);
  });

  it('keeps 0 to 500 warm', () => {
    expect(windowPaths({ warm: -1 })).toEqual(['INVALID input.windows.0.warm']);
    expect(windowPaths({ warm: 501 })).toEqual(['INVALID input.windows.0.warm']);
    expect(windowPaths({ warm: 0 })).toEqual([]);
  });

  it('has no two windows at the same time, and names the later one', () => {
    const other = { ...window, days: ['MONDAY', 'SUNDAY'] as const, start: '17:59', end: '20:00' };
    expect(paths({ windows: [window, other] })).toEqual(['INVALID input.windows.1']);
    expect(paths({ windows: [window, { ...other, start: '18:00' }] })).toEqual([]);
    expect(paths({ windows: [window, { ...other, days: ['SUNDAY'] }] })).toEqual([]);
  });

  it('has holidays on dates that exist, each once', () => {
    expect(paths({ holidays: [{ date: '2026-02-30', name: 'None' }] })).toEqual([
      'INVALID input.holidays.0.date',
    ]);
    expect(paths({ holidays: [{ date: '1.5.2026', name: 'Labour' }] })).toEqual([
      'INVALID input.holidays.0.date',
    ]);
    const labour = { date: '2026-05-01', name: 'Labour Day' };
    expect(paths({ holidays: [labour, labour] })).toEqual(['INVALID input.holidays.1.date']);
    expect(paths({ holidays: [{ ...labour, name: '' }] })).toEqual(['INVALID input.holidays.0.name']);
  });
});

describe('an override as it is asked for', () => {
  const from = new Date('2026-03-02T08:00:00Z');
  const to = new Date('2026-03-02T09:00:00Z');
  const fine = { from, to, warm: 3, reason: 'release' };
  const paths = (given: Partial<typeof fine>, now = from): string[] =>
    overrideRefusals({ ...fine, ...given }, now).map(({ path }) => path.join('.'));

  it('ends after it begins, keeps 0 to 500 warm and has a reason', () => {
    expect(paths({})).toEqual([]);
    expect(paths({ to: from })).toEqual(['to']);
    expect(paths({ warm: -1 })).toEqual(['warm']);
    expect(paths({ warm: 1.5 })).toEqual(['warm']);
    expect(paths({ reason: ' ' })).toEqual(['reason']);
  });

  it('may have begun, but is not over', () => {
    expect(paths({}, new Date(to.getTime() - 1))).toEqual([]);
    expect(paths({}, to)).toEqual(['to']);
  });
});
