import { Temporal } from 'temporal-polyfill';
import type { Window } from './window.js';

/** A day of somebody's calendar, or the part of it that lies within a window. */
export interface LocalDay extends Window {
  /** `2026-11-23`. */
  readonly date: string;
}

/** The days of an IANA zone that a window touches, in order. Days that change the clocks are shorter or longer. */
export function localDays({ from, to }: Window, timeZone: string): LocalDay[] {
  const days: LocalDay[] = [];
  for (let at = from; at < to;) {
    const here = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
    const next = new Date(here.startOfDay().add({ days: 1 }).startOfDay().epochMilliseconds);
    days.push({ date: here.toPlainDate().toString(), from: at, to: next < to ? next : to });
    at = next;
  }
  return days;
}

/** Whether a name is that of an IANA zone. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
