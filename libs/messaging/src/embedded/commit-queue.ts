import type { GroupClaims } from './group-claims.js';
import type { HeldPartition } from './held-partition.js';

/** Commits that come within this time are saved together. */
const GATHER_MS = 50;

/** Saves how far partitions are done: soon, and many at a time. */
export class CommitQueue {
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly claims: GroupClaims,
    private readonly held: () => HeldPartition[],
  ) {}

  /** Something was done. */
  request(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // A commit that fails is part of the next one; what is never committed comes again.
      this.flush().catch(() => this.request());
    }, GATHER_MS);
  }

  /** Saves now, after what is being saved. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const saving = this.#saving.catch(() => undefined).then(() => this.#save());
    this.#saving = saving;
    return saving;
  }

  async #save(): Promise<void> {
    const pairs = this.held().flatMap((partition) => {
      const commit = partition.uncommitted();
      return commit ? [{ partition, commit }] : [];
    });
    if (pairs.length === 0) return;
    await this.claims.commit(pairs.map(({ commit }) => commit));
    for (const { partition, commit } of pairs) partition.saved(commit);
  }
}
