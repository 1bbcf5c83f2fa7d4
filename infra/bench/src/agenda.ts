/** What is to happen when, in virtual time: a binary heap, and first come, first served among equals. */
export class Agenda {
  now = 0;
  #count = 0;
  readonly #heap: { at: number; order: number; act: () => void }[] = [];

  /** Plans something for `at`, or for now where that is past. */
  plan(at: number, act: () => void): void {
    const heap = this.#heap;
    heap.push({ at: Math.max(at, this.now), order: this.#count++, act });
    for (let i = heap.length - 1; i > 0;) {
      const parent = (i - 1) >> 1;
      if (!this.#before(i, parent)) break;
      this.#swap(i, parent);
      i = parent;
    }
  }

  /** Does the next thing; false where there is none. */
  step(): boolean {
    const heap = this.#heap;
    if (heap.length === 0) return false;
    this.#swap(0, heap.length - 1);
    const next = heap.pop();
    this.#sink();
    if (!next) return false;
    this.now = next.at;
    next.act();
    return true;
  }

  #sink(): void {
    for (let i = 0; ;) {
      let first = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < this.#heap.length && this.#before(child, first)) first = child;
      }
      if (first === i) return;
      this.#swap(i, first);
      i = first;
    }
  }

  #before(i: number, j: number): boolean {
    const [a, b] = [this.#heap[i], this.#heap[j]];
    return !!a && !!b && (a.at < b.at || (a.at === b.at && a.order < b.order));
  }

  #swap(i: number, j: number): void {
    const [a, b] = [this.#heap[i], this.#heap[j]];
    if (a && b) [this.#heap[i], this.#heap[j]] = [b, a];
  }
}
