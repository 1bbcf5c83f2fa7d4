import type { GroupClaims } from './group-claims.js';
import { HeldPartition } from './held-partition.js';
import { partitionName } from './message-log.js';

/** Which partitions this member holds, kept fair among the living members of its group. */
export class GroupMembership {
  readonly #held = new Map<string, HeldPartition>();
  #provenAt = 0;

  constructor(
    private readonly claims: GroupClaims,
    private readonly leaseMilliseconds: number,
  ) {}

  /** Whether the leases surely hold: after a pause of the process they may have run out unseen. */
  get certain(): boolean {
    return performance.now() - this.#provenAt < this.leaseMilliseconds;
  }

  held(): HeldPartition[] {
    return [...this.#held.values()];
  }

  get(name: string): HeldPartition | undefined {
    return this.#held.get(name);
  }

  /** Extends the leases, drops what was lost, gives back what is too much, takes what is free. */
  async balance(): Promise<void> {
    const askedAt = performance.now();
    const still = new Map(
      (await this.claims.renew()).map((claim) => [partitionName(claim.topic, claim.partition), claim]),
    );
    this.#provenAt = askedAt;
    for (const [name, partition] of this.#held) {
      if (still.get(name)?.epoch !== partition.epoch) this.#drop(name, partition);
    }
    const share = await this.claims.fairShare();
    const staying = this.held().filter(({ leaving }) => !leaving);
    for (const partition of staying.slice(share)) partition.leaving = true;
    if (staying.length < share) await this.#take(share - staying.length);
    await this.releaseIdle();
  }

  /** Lets go of leaving partitions of which nothing is in hand; their commits must have been saved. */
  async releaseIdle(): Promise<void> {
    const idle = this.held().filter(({ leaving, inHand }) => leaving && inHand === 0);
    const ready = idle.filter((partition) => !partition.uncommitted());
    if (ready.length === 0) return;
    for (const partition of ready) this.#drop(partitionName(partition.topic, partition.partition), partition);
    await this.claims.release(ready);
  }

  async #take(amount: number): Promise<void> {
    for (const claim of await this.claims.take(amount)) {
      this.#held.set(partitionName(claim.topic, claim.partition), new HeldPartition(claim));
    }
  }

  #drop(name: string, partition: HeldPartition): void {
    partition.lost = true;
    this.#held.delete(name);
  }
}
