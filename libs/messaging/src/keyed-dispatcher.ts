/**
 * Runs tasks of different keys side by side and tasks of one key one after the other, in the order of dispatch. Holds
 * at most `limit` tasks, running or waiting; the caller asks for {@link room} before it fetches more.
 */
export class KeyedDispatcher {
  readonly #tails = new Map<string, Promise<void>>();
  #inHand = 0;
  #waiting: (() => void)[] = [];

  /** @param limit most tasks in hand, at least 1 */
  constructor(private readonly limit: number) {
    if (limit < 1) throw new RangeError('a dispatcher needs room for one task');
  }

  /** How many further tasks may be dispatched now. */
  get free(): number {
    return this.limit - this.#inHand;
  }

  /** Resolves when at least one task may be dispatched. */
  async room(): Promise<void> {
    while (this.free <= 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /**
   * Takes a task in hand. Tasks settle their own failures: one that throws only ends itself.
   *
   * @throws RangeError when there is no room
   */
  dispatch(key: string, task: () => Promise<void>): void {
    if (this.free <= 0) throw new RangeError('the dispatcher is full');
    this.#inHand++;
    const tail: Promise<void> = (this.#tails.get(key) ?? Promise.resolve())
      .then(task)
      .catch(() => undefined)
      .then(() => this.#settle(key, tail));
    this.#tails.set(key, tail);
  }

  /** Resolves when nothing is in hand. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values());
  }

  #settle(key: string, tail: Promise<void>): void {
    this.#inHand--;
    if (this.#tails.get(key) === tail) this.#tails.delete(key);
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
