import type { Clock } from '@cleanroom/kernel';

/** A clock that stands still until a test moves it. */
export interface FixedClock extends Clock {
  /** Moves the clock; milliseconds may be negative. */
  advance(milliseconds: number): void;
  set(at: Date | string): void;
}

/** @param at where the clock begins; ISO 8601 or a date */
export function fixedClock(at: Date | string = '2026-03-02T08:00:00Z'): FixedClock {
  let now = new Date(at).getTime();
  return {
    factor: 1,
    now: () => new Date(now),
    advance: (milliseconds) => void (now += milliseconds),
    set: (to) => void (now = new Date(to).getTime()),
  };
}
