/** Longer than an answer takes, and shorter than anybody waits for one. */
const SLOW_MS = 2_000;
/** So many in a row without an answer are no accident. */
const MOST_IN_A_ROW = 3;
const SPARED_MS = 5_000;

interface Silence {
  inARow: number;
  /** Until when nobody is asked, in milliseconds. */
  until: number;
}

/**
 * Spares hosts that leave calls without an answer, as one does behind a firewall that drops what we send: each call
 * holds a worker until its time-out, and with enough of them nobody else's work is done. After three in a row all fail at
 * once, but for one in 5 s that finds out whether it answers again. A host that refuses, or answers with an error, answers.
 */
export class SparingFetch {
  readonly #silences = new Map<string, Silence>();

  /** @param now milliseconds that only ever grow */
  constructor(
    private readonly fetch: typeof globalThis.fetch,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The fetch for one customer's host: what is learnt of it is nobody else's. */
  of(key: string): typeof globalThis.fetch {
    return async (input, init) => {
      const began = this.now();
      this.#enter(key, began);
      try {
        const response = await this.fetch(input, init);
        this.#silences.delete(key);
        return response;
      } catch (error) {
        if (this.now() - began < SLOW_MS) this.#silences.delete(key);
        else this.#noteSilence(key);
        throw error;
      }
    };
  }

  #enter(key: string, at: number): void {
    const silence = this.#silences.get(key);
    if (!silence || silence.inARow < MOST_IN_A_ROW) return;
    if (at < silence.until) throw new TypeError('it left calls without an answer, and is spared for seconds');
    // This one finds out; the others go on sparing it meanwhile.
    silence.until = at + SPARED_MS;
  }

  #noteSilence(key: string): void {
    const inARow = (this.#silences.get(key)?.inARow ?? 0) + 1;
    this.#silences.set(key, { inARow, until: this.now() + SPARED_MS });
  }
}
