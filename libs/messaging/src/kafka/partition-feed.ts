import { OffsetTracker } from '../offset-tracker.js';
import type { KafkaRecord } from './read-record.js';

/** One partition that was given to this member: what was fetched and waits, what is in hand, what is done. */
export class PartitionFeed {
  /** Whether another member has it by now: what is in hand is no longer ours to finish. */
  lost = false;
  /** Whether fetching was paused because enough waits. */
  paused = false;
  #waiting: KafkaRecord[] = [];
  #inHand = 0;
  #saved: bigint;
  #position: bigint;
  #mayRepeat = false;
  readonly #tracker: OffsetTracker;

  constructor(
    readonly topic: string,
    readonly partition: number,
    first: bigint,
  ) {
    this.#tracker = new OffsetTracker(first);
    this.#saved = this.#position = first;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  get inHand(): number {
    return this.#inHand;
  }

  /**
   * Whether the group was set back to before what we committed, or the topic was made anew: then this feed knows nothing
   * about what comes.
   */
  isBehind(offset: bigint): boolean {
    return offset < (this.#mayRepeat ? this.#saved : this.#position);
  }

  /** The group shared anew: the uncommitted comes again. */
  shared(): void {
    this.#mayRepeat = true;
  }

  /** Takes what was fetched. What we have already is left out. */
  fetched(records: readonly KafkaRecord[]): void {
    this.#mayRepeat = false;
    for (const record of records) {
      if (record.offset < this.#position) continue;
      this.#waiting.push(record);
      this.#position = record.offset + 1n;
    }
  }

  /** The next message, taken in hand. */
  take(): KafkaRecord | undefined {
    const record = this.#waiting.shift();
    if (!record) return undefined;
    this.#inHand++;
    this.#tracker.begin(record.offset);
    return record;
  }

  /** @param done false when the message was given up and must come again */
  end({ offset }: KafkaRecord, done: boolean): void {
    this.#inHand--;
    if (done) this.#tracker.done(offset);
  }

  /** Up to where it is done, if that is not saved yet. */
  uncommitted(): bigint | undefined {
    const { committable } = this.#tracker;
    return this.lost || committable === this.#saved ? undefined : committable;
  }

  saved(offset: bigint): void {
    this.#saved = offset;
  }

  lose(): void {
    this.lost = true;
    this.#waiting = [];
  }
}
