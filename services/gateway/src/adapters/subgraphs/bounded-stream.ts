/** The reader is too slow. */
export class ReaderTooSlow extends Error {
  override readonly name = 'ReaderTooSlow';
}

/** Someone who reads this much slower than it comes is let go, so that the gateway's memory stays bounded. */
const MOST_WAITING = 1_000;

/** What was pushed, for one reader, in order. */
export class BoundedStream<T> implements AsyncIterableIterator<T> {
  readonly #waiting: T[] = [];
  #ended = false;
  #error: unknown;
  #wake: () => void = () => undefined;

  /** @param onLeave called once when the reader leaves, or is too slow, before the stream has ended */
  constructor(
    private readonly onLeave: () => void,
    private readonly most = MOST_WAITING,
  ) {}

  push(value: T): void {
    if (this.#ended) return;
    this.#waiting.push(value);
    if (this.#waiting.length > this.most) this.#leave(new ReaderTooSlow());
    this.#wake();
  }

  /** Ends the stream behind what waits. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async next(): Promise<IteratorResult<T>> {
    for (;;) {
      const value = this.#waiting.shift();
      if (value !== undefined) return { done: false, value };
      const error = this.#error;
      this.#error = undefined;
      if (error) throw error;
      if (this.#ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  return(): Promise<IteratorResult<T>> {
    this.#leave();
    this.#waiting.length = 0;
    this.#wake();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #leave(error?: ReaderTooSlow): void {
    if (this.#ended) return;
    this.#error = error;
    this.#ended = true;
    this.onLeave();
  }
}
