import type { DayOfWeek } from './week-grid.js';

/** A schedule as its form has it: rows keep their key while others come and go. */
export interface ScheduleDraft {
  readonly name: string;
  readonly timeZone: string;
  readonly holidayCountry: string;
  readonly windows: readonly WindowDraft[];
  readonly holidays: readonly HolidayDraft[];
}

export interface WindowDraft {
  readonly key: number;
  readonly days: readonly DayOfWeek[];
  readonly start: string;
  readonly end: string;
  readonly warm: string;
}

export interface HolidayDraft {
  readonly key: number;
  readonly date: string;
  readonly name: string;
}

interface Schedule {
  readonly name: string;
  readonly timeZone: string;
  readonly holidayCountry: string | null;
  readonly windows: readonly {
    readonly days: readonly DayOfWeek[];
    readonly start: string;
    readonly end: string;
    readonly warm: number;
  }[];
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
}

export const newWindow = (key: number): WindowDraft => ({
  key,
  days: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
  start: '08:00',
  end: '18:00',
  warm: '1',
});

/** How a schedule begins that nobody has made yet. */
export const newDraft = (timeZone: string): ScheduleDraft => ({
  name: '',
  timeZone,
  holidayCountry: '',
  windows: [newWindow(0)],
  holidays: [],
});

export const draftOf = (schedule: Schedule): ScheduleDraft => ({
  name: schedule.name,
  timeZone: schedule.timeZone,
  holidayCountry: schedule.holidayCountry ?? '',
  windows: schedule.windows.map((window, key) => ({ ...window, key, warm: String(window.warm) })),
  holidays: schedule.holidays.map((holiday, key) => ({ ...holiday, key })),
});

/** What the API is told; what is no number is refused there as one that is out of range. */
export const scheduleInput = (draft: ScheduleDraft): Schedule => ({
  name: draft.name.trim(),
  timeZone: draft.timeZone.trim(),
  holidayCountry: draft.holidayCountry.trim() || null,
  windows: draft.windows.map(({ days, start, end, warm }) => ({
    ...{ days, start: start.trim(), end: end.trim() },
    warm: /^\d{1,6}$/.test(warm.trim()) ? Number(warm) : -1,
  })),
  holidays: draft.holidays.map(({ date, name }) => ({ date: date.trim(), name: name.trim() })),
});
