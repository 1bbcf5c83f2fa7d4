export interface BatchesOptions<Item, Result> {
  /** Most batches in work at once, at least 1. */
  readonly lanes: number;
  /** Most items of a batch, at least 1. */
  readonly most: number;
  /** Only items of one group share a batch. */
  readonly groupOf: (item: Item) => string;
  /** Works on all of them or, when it rejects, on none. Returns their results in the same order. */
  readonly work: (items: readonly Item[]) => Promise<readonly Result[]>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly settle: (result: Promise<Result>) => void;
}

/**
 * Shares the cost of a transaction when items come faster than they are worked on, and costs nothing when they do not:
 * an item that finds a free lane goes at once and alone. What comes while all lanes are taken waits, and the next free
 * lane takes all that waits of one group. When a batch fails, each of its items is worked on by itself, so that one bad
 * item spoils no other.
 */
export class Batches<Item, Result> {
  #waiting: Waiting<Item, Result>[] = [];
  #free: number;

  constructor(private readonly options: BatchesOptions<Item, Result>) {
    if (options.lanes < 1 || options.most < 1)
      throw new RangeError('batches need a lane and room for one item');
    this.#free = options.lanes;
  }

  /** @throws what `work` rejects with for this item alone */
  do(item: Item): Promise<Result> {
    return new Promise((settle) => {
      this.#waiting.push({ item, settle });
      if (this.#free > 0) void this.#occupyLane();
    });
  }

  async #occupyLane(): Promise<void> {
    this.#free--;
    for (let batch = this.#next(); batch.length > 0; batch = this.#next()) await this.#settle(batch);
    this.#free++;
  }

  /** The oldest that waits, and those of its group. */
  #next(): Waiting<Item, Result>[] {
    const { groupOf, most } = this.options;
    const [oldest] = this.#waiting;
    if (!oldest) return [];
    const group = groupOf(oldest.item);
    const taken: Waiting<Item, Result>[] = [];
    const left: Waiting<Item, Result>[] = [];
    for (const one of this.#waiting)
      (taken.length < most && groupOf(one.item) === group ? taken : left).push(one);
    this.#waiting = left;
    return taken;
  }

  async #settle(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const { work } = this.options;
    const first = work(batch.map(({ item }) => item));
    try {
      const results = await first;
      batch.forEach(({ settle }, n) => settle(Promise.resolve(results[n] as Result)));
    } catch (error) {
      if (batch.length === 1) return batch[0]?.settle(Promise.reject(error as Error));
      for (const one of batch) await this.#settle([one]);
    }
  }
}
