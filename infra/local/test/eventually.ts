import { eventually as whenever, type EventuallyOptions } from '@cleanroom/testing';

/** Asking a whole installation costs it the time that it needs for the work which is waited for. */
const EVERY_MS = 200;
/** And a computer that does other things, too, needs several times that. */
const WITHIN_MS = 45_000;

/** Waits for what an installation does, and leaves it time to do it; else as `eventually` of the testing package. */
export const eventually: typeof whenever = (check, options: EventuallyOptions = {}) =>
  whenever(check, { every: EVERY_MS, within: WITHIN_MS, ...options });
