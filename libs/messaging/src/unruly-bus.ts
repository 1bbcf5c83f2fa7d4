import type { BusMessage, EventBus, SubscribeOptions, Subscription } from './event-bus.js';

export interface UnrulyOptions {
  /** The same seed makes the same trouble of the same messages. */
  readonly seed: number;
  /** Part of the messages that are late, and part of them that come twice. @default 0.2 */
  readonly share?: number;
  /** How many later messages may overtake one that is late. @default 50 */
  readonly window?: number;
}

/** Where nothing follows, a late message waits no longer than this, in real milliseconds. */
const LATE_AT_MOST_MS = 150;

/**
 * A bus that keeps none of its promises but one, that nothing is lost while its process lives: messages overtake each
 * other, also of one key, and some come twice. For tests: whoever gets on with it needs no order.
 */
export class UnrulyBus implements EventBus {
  #late: { readonly message: BusMessage; overtakenBy: number }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  readonly #random: () => number;
  readonly #share: number;
  readonly #window: number;

  constructor(
    private readonly bus: EventBus,
    { seed, share = 0.2, window = 50 }: UnrulyOptions,
  ) {
    this.#random = randomFrom(seed);
    this.#share = share;
    this.#window = window;
  }

  get operator(): EventBus['operator'] {
    return this.bus.operator;
  }

  ensureTopics(names: readonly string[]): Promise<void> {
    return this.bus.ensureTopics(names);
  }

  async publish(messages: readonly BusMessage[]): Promise<void> {
    const late = [...this.#late];
    try {
      await this.bus.publish(messages.flatMap((message) => this.#next(message)));
    } catch (error) {
      // Whoever publishes these messages tries again, and no longer knows of those that were late.
      this.#late.unshift(...late.filter((one) => !this.#late.includes(one)));
      throw error;
    } finally {
      this.#flushSoon();
    }
  }

  subscribe(options: SubscribeOptions): Promise<Subscription> {
    return this.bus.subscribe(options);
  }

  healthy(): boolean {
    return this.bus.healthy();
  }

  async close(): Promise<void> {
    await this.#flush();
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.bus.close();
  }

  /** What is published when this message comes: perhaps itself, and those that were late for long enough. */
  #next(message: BusMessage): BusMessage[] {
    const isLate = this.#random() < this.#share;
    const comesTwice = this.#random() < this.#share;
    for (const late of this.#late) late.overtakenBy--;
    const due = this.#late.filter(({ overtakenBy }) => overtakenBy <= 0);
    this.#late = this.#late.filter(({ overtakenBy }) => overtakenBy > 0);
    for (const _ of [isLate, comesTwice].filter(Boolean))
      this.#late.push({ message, overtakenBy: 1 + Math.floor(this.#random() * this.#window) });
    return [...due.map((late) => late.message), ...(isLate ? [] : [message])];
  }

  async #flush(): Promise<void> {
    const late = this.#late.splice(0);
    try {
      await this.bus.publish(late.map(({ message }) => message));
    } catch {
      this.#late.unshift(...late);
      this.#flushSoon();
    }
  }

  #flushSoon(): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => void this.#flush(), LATE_AT_MOST_MS);
  }
}

/** A small generator whose numbers look random enough for trouble. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  };
}
