import { BoundedStream } from '../subgraphs/bounded-stream.js';

/** Opens a stream, or says at once why there is none. The signal ends it. */
export type OpenStream<T> = (signal: AbortSignal) => Promise<AsyncIterableIterator<T> | T>;

/**
 * Streams that several listen to: each is opened once, for the first who asks for it, and ends with the last. Everyone
 * hears what comes after they have joined, at their own pace.
 */
export class SharedStreams<T extends object> {
  readonly #opening = new Map<string, Promise<SharedStream<T> | T>>();

  /**
   * Joins the stream of this key.
   *
   * @throws ReaderTooSlow from the stream itself, for one who falls behind
   */
  async join(key: string, open: OpenStream<T>): Promise<AsyncIterableIterator<T> | T> {
    for (;;) {
      const opened = await (this.#opening.get(key) ?? this.#open(key, open));
      if (!(opened instanceof SharedStream)) return opened;
      const joined = opened.join();
      if (joined) return joined;
    }
  }

  #open(key: string, open: OpenStream<T>): Promise<SharedStream<T> | T> {
    const ended = new AbortController();
    const forget = (): void => {
      if (this.#opening.get(key) === opening) this.#opening.delete(key);
      ended.abort();
    };
    const opening = open(ended.signal).then(
      (source) => {
        if (Symbol.asyncIterator in source) return new SharedStream(source, forget);
        forget();
        return source;
      },
      (error: unknown) => {
        forget();
        throw error;
      },
    );
    this.#opening.set(key, opening);
    return opening;
  }
}

class SharedStream<T> {
  readonly #readers = new Set<BoundedStream<T>>();
  #state: 'new' | 'read' | 'over' = 'new';

  constructor(
    private readonly source: AsyncIterableIterator<T>,
    private readonly onOver: () => void,
  ) {}

  /** What comes from now on; `undefined` when it is over. */
  join(): BoundedStream<T> | undefined {
    if (this.#state === 'over') return undefined;
    const reader: BoundedStream<T> = new BoundedStream<T>(() => this.#left(reader));
    this.#readers.add(reader);
    if (this.#state === 'new') void this.#read();
    return reader;
  }

  async #read(): Promise<void> {
    this.#state = 'read';
    try {
      for await (const event of this.source) for (const reader of this.#readers) reader.push(event);
    } finally {
      this.#end();
    }
  }

  #left(reader: BoundedStream<T>): void {
    this.#readers.delete(reader);
    if (this.#readers.size > 0) return;
    this.#end();
    void this.source.return?.();
  }

  #end(): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.onOver();
    for (const reader of this.#readers) reader.end();
  }
}
