/**
 * Knows up to where a partition is done. Messages are begun in order and end in any order; what is committed is the
 * offset before which everything has ended, so that a crash repeats messages but loses none.
 */
export class OffsetTracker {
  /** Begun offsets in order, each with whether it has ended. */
  readonly #begun = new Map<bigint, boolean>();
  #committable: bigint;

  /** @param committed the offset to begin with: everything before it is done */
  constructor(committed: bigint) {
    this.#committable = committed;
  }

  /** The offset of the first message that is not done. */
  get committable(): bigint {
    return this.#committable;
  }

  /** How many messages have begun and not been passed. */
  get open(): number {
    return this.#begun.size;
  }

  begin(offset: bigint): void {
    this.#begun.set(offset, false);
  }

  /** @returns whether {@link committable} moved */
  done(offset: bigint): boolean {
    this.#begun.set(offset, true);
    const before = this.#committable;
    for (const [first, ended] of this.#begun) {
      if (!ended) break;
      this.#begun.delete(first);
      this.#committable = first + 1n;
    }
    return this.#committable !== before;
  }
}
