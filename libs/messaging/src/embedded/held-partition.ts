import { OffsetTracker } from '../offset-tracker.js';
import type { Claim, Commit } from './group-claims.js';
import type { LogMessage } from './message-log.js';

/** A partition that this member holds: how far it was read, what is in hand, what is done. */
export class HeldPartition {
  readonly topic: string;
  readonly partition: number;
  readonly epoch: bigint;
  /** The next offset to read. */
  position: bigint;
  /** Whether there may be messages beyond {@link position}. */
  behind = true;
  /** Whether the partition goes to another member once nothing of it is in hand. */
  leaving = false;
  /** Whether another member has it by now: what is in hand is no longer ours to finish. */
  lost = false;
  #inHand = 0;
  #committed: bigint;
  readonly #tracker: OffsetTracker;

  constructor(claim: Claim) {
    this.topic = claim.topic;
    this.partition = claim.partition;
    this.epoch = claim.epoch;
    this.position = this.#committed = claim.committed;
    this.#tracker = new OffsetTracker(claim.committed);
  }

  get inHand(): number {
    return this.#inHand;
  }

  begin({ offset }: LogMessage): void {
    this.#inHand++;
    this.#tracker.begin(offset);
    this.position = offset + 1n;
  }

  /** @param done false when the message was given up and must come again */
  end(offset: bigint, done: boolean): void {
    this.#inHand--;
    if (done) this.#tracker.done(offset);
  }

  /** What is to be saved, if anything changed since {@link saved}. */
  uncommitted(): Commit | undefined {
    const { topic, partition, epoch } = this;
    const committed = this.#tracker.committable;
    return committed === this.#committed || this.lost ? undefined : { topic, partition, epoch, committed };
  }

  saved({ committed }: Commit): void {
    this.#committed = committed;
  }
}
