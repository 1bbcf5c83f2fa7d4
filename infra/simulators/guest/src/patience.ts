import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Log } from '@cleanroom/kernel';
import type { Answer } from './voice.js';

/** Nothing is left to do on the machine: the control plane refuses it, or was asked in vain for too long. */
export class TheEnd extends Error {}

/** A try that is to be repeated. */
export class Again {
  /** @param afterSeconds clock seconds, where the answer named them */
  constructor(
    readonly why: string,
    readonly afterSeconds?: number,
  ) {}
}

/** `Retry-After` of an answer, or nothing where it has none. */
export function again({ status, headers }: Answer): Again {
  const seconds = Number(headers['retry-after']);
  return new Again(`answered ${status}`, Number.isFinite(seconds) ? seconds : undefined);
}

/**
 * What the control plane's answer means for another try.
 *
 * @throws TheEnd where it could not go better
 */
export function orRefused(answer: Answer): Again {
  const { status } = answer;
  if (status !== 202 && status !== 429 && status < 500) throw new TheEnd(`answered ${status}`);
  const { why, afterSeconds = RETRY_SECONDS } = again(answer);
  return new Again(why, afterSeconds);
}

const RETRY_SECONDS = 5;
const GIVE_UP_SECONDS = 600;
/** However fast the clock runs, it tries for a minute of real time. */
const GIVE_UP_FLOOR_MS = 60_000;

/** Real milliseconds that a pause lasts at least, however fast the clock runs: a fast clock must not become a flood. */
const FLOOR_MS = { named: 50, backingOff: 200 };
const LONGEST_SECONDS = 5;
const FIRST_SECONDS = 0.5;

/** Waits in the product's clock. Every wait ends at once, by throwing, when the power is cut. */
export class Patience {
  constructor(
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
    private readonly log: Log,
  ) {}

  async pause(clockSeconds: number, floorMs = FLOOR_MS.named): Promise<void> {
    const real = Math.max(floorMs, (clockSeconds * 1000) / this.clock.factor);
    await sleep(real, undefined, { signal: this.signal });
  }

  /**
   * Tries until there is a result, however long that takes: a lost answer, an error and `Again` are tried again,
   * ever more slowly.
   *
   * @throws TheEnd, and an AbortError when the power is cut
   */
  async until<T>(what: string, attempt: () => Promise<T | Again>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      const result = await this.attempted(attempt);
      if (!(result instanceof Again)) return result;
      this.log.debug({ what, why: result.why, tries }, 'will be tried again');
      if (result.afterSeconds !== undefined) await this.pause(result.afterSeconds);
      else await this.pause(Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** tries), FLOOR_MS.backingOff);
    }
  }

  /** The same for ten minutes. @throws TheEnd, also after these */
  persist<T>(what: string, attempt: () => Promise<T | Again>): Promise<T> {
    const lastAt = Date.now() + Math.max(GIVE_UP_FLOOR_MS, (GIVE_UP_SECONDS * 1000) / this.clock.factor);
    return this.until(what, async () => {
      if (Date.now() > lastAt) throw new TheEnd(`gave up ${what}`);
      return attempt();
    });
  }

  private async attempted<T>(attempt: () => Promise<T | Again>): Promise<T | Again> {
    try {
      return await attempt();
    } catch (error) {
      if (this.signal.aborted || error instanceof TheEnd) throw error;
      return new Again(error instanceof Error ? error.message : 'unknown error');
    }
  }
}
