/**
 * Has work done side by side, except for what asks to be the only thing in hand: that waits until the rest is done and
 * keeps all else waiting meanwhile.
 */
export class Turns {
  #inHand = 0;
  /** Resolves when the one that is alone, or waits to be, is through. */
  #closed: Promise<void> | undefined;
  #emptied: () => void = () => undefined;

  async together<T>(work: () => Promise<T>): Promise<T> {
    while (this.#closed) await this.#closed;
    return this.#enter(work);
  }

  /**
   * @param patienceMs how long, in real milliseconds, the rest is waited for; work that is stuck must not hold up all else
   * @param work is told whether it is really alone
   */
  async alone<T>(patienceMs: number, work: (alone: boolean) => Promise<T>): Promise<T> {
    while (this.#closed) await this.#closed;
    const open = this.#close();
    try {
      const alone = await this.#untilEmpty(patienceMs);
      if (!alone) open();
      return await this.#enter(() => work(alone));
    } finally {
      open();
    }
  }

  #close(): () => void {
    let resolve = () => undefined as void;
    const closed = new Promise<void>((done) => (resolve = done));
    this.#closed = closed;
    return () => {
      if (this.#closed === closed) this.#closed = undefined;
      resolve();
    };
  }

  #untilEmpty(patienceMs: number): Promise<boolean> {
    if (this.#inHand === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), patienceMs);
      this.#emptied = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  async #enter<T>(work: () => Promise<T>): Promise<T> {
    this.#inHand++;
    try {
      return await work();
    } finally {
      if (--this.#inHand === 0) this.#emptied();
    }
  }
}
