import { deliver } from '../deliver.js';
import type { SubscribeOptions } from '../event-bus.js';
import { KeyedDispatcher } from '../keyed-dispatcher.js';
import { PartitionFeed } from './partition-feed.js';
import type { KafkaRecord } from './read-record.js';

/** Names a partition. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Up to where a partition is done. */
export interface Done extends TopicPartition {
  readonly offset: bigint;
}

export interface FeedsOptions extends Pick<SubscribeOptions, 'handle' | 'maxInFlight'> {
  readonly signal: AbortSignal;
  /** Asks for more of a partition, or for no more for now. */
  readonly onFlow: (partition: TopicPartition, flow: 'pause' | 'resume') => void;
}

const DEFAULT_IN_FLIGHT = 256;
/** So many messages of a partition may wait before no more is fetched, and so few before more is. */
const ENOUGH_WAITING = 500;
const FEW_WAITING = 100;

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/** Hands the messages of all partitions of this member on, in order per key and never too many at once. */
export class Feeds {
  readonly #feeds = new Map<string, PartitionFeed>();
  readonly #dispatcher: KeyedDispatcher;
  readonly #mostOfOne: number;
  /** Whether we are in the group: what was fetched before may be another's by now. */
  #joined = false;
  #rotation = 0;

  constructor(private readonly options: FeedsOptions) {
    const limit = options.maxInFlight ?? DEFAULT_IN_FLIGHT;
    this.#dispatcher = new KeyedDispatcher(limit);
    // One partition may fill a part of the hand only: a key that is stuck must not stop the other partitions.
    this.#mostOfOne = Math.max(1, Math.floor(limit / 4));
  }

  /**
   * The group gave us these; what we had besides belongs to others now.
   *
   * @param stayed whether we were in the group all the while. Who comes back knows nothing: others went on meanwhile, or a
   *   topic was made anew, and to save what was done before would set the group back or have it leave something out.
   */
  assigned(partitions: readonly TopicPartition[], stayed: boolean): void {
    const names = new Set(stayed ? partitions.map(nameOf) : []);
    for (const [name, feed] of this.#feeds) {
      if (names.has(name)) feed.shared();
      else this.#lose(name, feed);
    }
    for (const partition of partitions) {
      const paused = this.#feeds.get(nameOf(partition))?.paused ?? false;
      this.options.onFlow(partition, paused ? 'pause' : 'resume');
    }
    this.#joined = true;
    this.#pump();
  }

  /** We are out of the group, until {@link assigned}. */
  outOfGroup(): void {
    this.#joined = false;
  }

  fetched(partition: TopicPartition, records: readonly KafkaRecord[]): void {
    const [first] = records;
    if (!first || this.options.signal.aborted) return;
    const name = nameOf(partition);
    const known = this.#feeds.get(name);
    if (known?.isBehind(first.offset)) this.#lose(name, known);
    const feed =
      this.#feeds.get(name) ?? new PartitionFeed(partition.topic, partition.partition, first.offset);
    this.#feeds.set(name, feed);
    feed.fetched(records);
    this.#regulate(feed);
    this.#pump();
  }

  /** What is done and not saved yet. */
  uncommitted(): Done[] {
    return [...this.#feeds.values()].flatMap((feed) => {
      const offset = feed.uncommitted();
      return offset === undefined ? [] : [{ topic: feed.topic, partition: feed.partition, offset }];
    });
  }

  saved(done: readonly Done[]): void {
    for (const one of done) this.#feeds.get(nameOf(one))?.saved(one.offset);
  }

  /** Resolves when nothing is in hand. */
  idle(): Promise<void> {
    return this.#dispatcher.idle();
  }

  /** Takes one of each partition in turn, so that none starves, while there is room. */
  #pump(): void {
    const feeds = [...this.#feeds.values()];
    for (let idle = 0; idle < feeds.length && this.#mayTake();) {
      const feed = feeds[this.#rotation++ % feeds.length];
      const record = feed && feed.inHand < this.#mostOfOne ? feed.take() : undefined;
      idle = record ? 0 : idle + 1;
      if (feed && record) this.#dispatch(feed, record);
    }
  }

  #mayTake(): boolean {
    return this.#joined && !this.options.signal.aborted && this.#dispatcher.free > 0;
  }

  #dispatch(feed: PartitionFeed, record: KafkaRecord): void {
    const { handle, signal } = this.options;
    const { partition, offset, ...message } = record;
    this.#dispatcher.dispatch(`${record.topic} ${record.key}`, async () => {
      const place = { ...message, offset: `${partition}:${offset}` };
      const done = await deliver({ handle, message: place, isLost: () => feed.lost, signal });
      feed.end(record, done);
      // The dispatcher has room only after this task.
      setImmediate(() => this.#pump());
    });
    this.#regulate(feed);
  }

  #regulate(feed: PartitionFeed): void {
    const wanted = feed.waiting >= ENOUGH_WAITING || (feed.paused && feed.waiting > FEW_WAITING);
    if (wanted === feed.paused) return;
    feed.paused = wanted;
    this.options.onFlow(feed, wanted ? 'pause' : 'resume');
  }

  #lose(name: string, feed: PartitionFeed): void {
    feed.lose();
    this.#feeds.delete(name);
  }
}
