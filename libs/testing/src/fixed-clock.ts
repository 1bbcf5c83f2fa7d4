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
  let asleep: { readonly until: number; readonly wake: () => void }[] = [];
  const move = (to: number): void => {
    now = to;
    for (const { until, wake } of asleep) if (until <= now) wake();
    asleep = asleep.filter(({ until }) => until > now);
  };
  return {
    factor: 1,
    now: () => new Date(now),
    sleep: (milliseconds, giveUp) =>
      new Promise((resolve, reject) => {
        asleep.push({ until: now + milliseconds, wake: resolve });
        giveUp?.addEventListener('abort', () => reject(giveUp.reason as Error), { once: true });
        move(now);
      }),
    advance: (milliseconds) => move(now + milliseconds),
    set: (to) => move(new Date(to).getTime()),
  };
}
