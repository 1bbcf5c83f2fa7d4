import { setTimeout as sleep } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Real milliseconds until it must be true. @default 60000: a deadline, not a pause */
  readonly within?: number;
  /** Real milliseconds between two tries. @default 20 */
  readonly every?: number;
}

/**
 * Waits until `check` neither throws nor returns false, and returns what it returned. At the deadline it throws what
 * the last try threw.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { within = 60_000, every = 20 }: EventuallyOptions = {},
): Promise<Exclude<T, false>> {
  const deadline = performance.now() + within;
  for (;;) {
    try {
      const result = await check();
      if (result !== false) return result as Exclude<T, false>;
      if (performance.now() > deadline) throw new Error(`not true within ${within} ms`);
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await sleep(every);
  }
}
