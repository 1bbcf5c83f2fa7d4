import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveredMessage, SubscribeOptions } from './event-bus.js';

const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 2_000;

/** One message on its way to its handler. */
export interface Delivery {
  readonly handle: SubscribeOptions['handle'];
  readonly message: Omit<DeliveredMessage, 'attempt'>;
  /** Whether somebody else will do it. */
  readonly isLost: () => boolean;
  /** Set when we stop: a failing message is then left for the next start. */
  readonly signal: AbortSignal;
}

/** Tries until it is done. @returns false when it was given up, undone */
export async function deliver({ handle, message, isLost, signal }: Delivery): Promise<boolean> {
  for (let attempt = 1; !isLost(); attempt++) {
    try {
      await handle({ ...message, attempt });
      return true;
    } catch {
      if (signal.aborted) return false;
      const wait = Math.min(FIRST_RETRY_MS * 2 ** (attempt - 1), LONGEST_RETRY_MS);
      await sleep(wait, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return false;
    }
  }
  return false;
}
