import type { RunnerState } from './runner-states.js';

/** What a list or a change says of a runner. */
export interface RunnerNews {
  readonly id: string;
  readonly name: string;
  readonly poolId: string;
  readonly state: RunnerState;
  /** Milliseconds of the product's clock. */
  readonly since: number;
  readonly reason: string | null;
  readonly retryAt: number | null;
}

/** A runner at its place in its pool. */
export interface Seat extends RunnerNews {
  readonly place: number;
}

/** Told of a seat that changed in its place, or of a pool whose seats are others now. */
export interface FleetListener {
  seatChanged(seat: Seat): void;
  seatsMoved(): void;
}

const byName = new Intl.Collator('en', { numeric: true });

/**
 * All runners of an organisation. One change costs the same however many there are, since hundreds may come within a
 * second: a seat is replaced at its place, two counts change, and only those who watch its pool are told.
 */
export class Fleet {
  readonly #seats = new Map<string, Seat>();
  readonly #pools = new Map<string, Seat[]>();
  readonly #counts = new Map<RunnerState, number>();
  readonly #held = new Map<string, RunnerNews>();
  readonly #listeners = new Map<string, Set<FleetListener>>();
  #isComplete = false;
  #revision = 0;

  /** Grows with everything that is heard. */
  get revision(): number {
    return this.#revision;
  }

  /** Whether all lists are read: before, the counts are of what was read so far. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  get size(): number {
    return this.#seats.size;
  }

  count(state: RunnerState): number {
    return this.#counts.get(state) ?? 0;
  }

  seat(id: string): Seat | undefined {
    return this.#seats.get(id);
  }

  seatsOf(poolId: string): readonly Seat[] {
    return this.#pools.get(poolId) ?? [];
  }

  poolIds(): string[] {
    return [...this.#pools.keys()];
  }

  *seats(): Generator<Seat> {
    for (const pool of this.#pools.values()) yield* pool;
  }

  /** Takes a page of the list of runners. */
  list(page: readonly RunnerNews[]): void {
    const touched = new Set<string>();
    for (const news of page) {
      if (this.#seats.has(news.id)) this.#replace(news);
      else if (this.#seat(news)) touched.add(news.poolId);
    }
    for (const poolId of touched) this.#arrange(poolId);
    this.#revision++;
  }

  /** All pages are read: what was heard of others meanwhile is of new runners. */
  complete(): void {
    this.#isComplete = true;
    this.list([...this.#held.values()].filter(({ state }) => state !== 'DELETED'));
    this.#held.clear();
  }

  /** Takes a change. One of a runner that no page has brought yet waits, so that nobody is seated in order of arrival. */
  hear(news: RunnerNews): void {
    this.#revision++;
    if (this.#seats.has(news.id)) this.#replace(news);
    else if (!this.#isComplete) this.#held.set(news.id, news);
    else if (this.#seat(news)) this.#arrange(news.poolId);
  }

  /** Tells of a pool's seats until it is called back. */
  listen(poolId: string, listener: FleetListener): () => void {
    const listeners = this.#listeners.get(poolId) ?? new Set();
    this.#listeners.set(poolId, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  #seat(news: RunnerNews): boolean {
    const held = this.#held.get(news.id);
    this.#held.delete(news.id);
    const latest = held && held.since >= news.since ? held : news;
    if (latest.state === 'DELETED') return false;
    const pool = this.#pools.get(latest.poolId) ?? [];
    this.#pools.set(latest.poolId, pool);
    const seat = { ...latest, place: pool.length };
    pool.push(seat);
    this.#seats.set(seat.id, seat);
    this.#add(seat.state, 1);
    return true;
  }

  #replace(news: RunnerNews): void {
    const old = this.#seats.get(news.id);
    // A list may be newer than a change that was on its way.
    if (!old || news.since < old.since) return;
    if (news.state === 'DELETED') return this.#remove(old);
    const seat = { ...news, poolId: old.poolId, place: old.place };
    this.#seats.set(seat.id, seat);
    this.#pools.get(seat.poolId)![seat.place] = seat;
    this.#add(old.state, -1);
    this.#add(seat.state, 1);
    for (const listener of this.#listeners.get(seat.poolId) ?? []) listener.seatChanged(seat);
  }

  #remove({ id, poolId, state, place }: Seat): void {
    this.#seats.delete(id);
    this.#add(state, -1);
    const pool = this.#pools.get(poolId) ?? [];
    pool.splice(place, 1);
    if (pool.length === 0) this.#pools.delete(poolId);
    this.#arrange(poolId);
  }

  /** Gives every seat of a pool its place, by name: the same in every browser, at every time. */
  #arrange(poolId: string): void {
    const pool = this.#pools.get(poolId) ?? [];
    pool.sort((a, b) => byName.compare(a.name, b.name));
    pool.forEach((seat, place) => {
      if (seat.place === place) return;
      pool[place] = { ...seat, place };
      this.#seats.set(seat.id, pool[place]);
    });
    for (const listener of this.#listeners.get(poolId) ?? []) listener.seatsMoved();
  }

  #add(state: RunnerState, difference: number): void {
    this.#counts.set(state, this.count(state) + difference);
  }
}
