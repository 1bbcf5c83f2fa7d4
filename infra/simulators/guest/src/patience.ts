import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Log } from '@cleanroom/kernel';
import type { Answer } from './voice.js';

/** The control plane said that this generation of the machine is over. */
export class GenerationOver extends Error {}

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
   * @throws GenerationOver, and an AbortError when the power is cut
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

  private async attempted<T>(attempt: () => Promise<T | Again>): Promise<T | Again> {
    try {
      return await attempt();
    } catch (error) {
      if (this.signal.aborted || error instanceof GenerationOver) throw error;
      return new Again(error instanceof Error ? error.message : 'unknown error');
    }
  }
}
