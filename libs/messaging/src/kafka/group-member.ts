import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Feeds, TopicPartition } from './feeds.js';
import { readRecord } from './read-record.js';

export interface GroupMemberOptions {
  readonly kafka: Kafka;
  readonly prefix: string;
  readonly group: string;
  readonly topics: readonly string[];
  readonly feeds: Feeds;
}

/** The shortest that brokers allow: a dead member holds up its group for so long. */
export const SESSION_MS = 6_000;
/** Without any sign for so long a member is not to be trusted. */
export const QUIET_MS = 5_000;
/**
 * A rebalance may take as long as a dead member's session; who is silent for longer has halted without a word. With the
 * leaving and joining that follow, messages flow again within 10 seconds, on brokers that begin with a group at once
 * (`group.initial.rebalance.delay.ms` 0).
 */
export const SILENT_MS = 7_000;
export const LOOK_EVERY_MS = 250;
export const LEAVE_WITHIN_MS = 1_000;

/** One stay in a consumer group; when it ends, for whatever reason, another one must follow. */
export class GroupMember {
  readonly #consumer: Consumer;
  readonly #ended = Promise.withResolvers<Error>();
  #lastSign = performance.now();
  #joined = false;
  #memberId: string | undefined;
  /** The group shares anew, as it does for those who stay; who joins again without that had lost it, or a topic. */
  #isSharing = false;
  /** Brokers that were asked for messages and have not answered. */
  readonly #fetching = new Set<number>();
  /** Saves once: the client's own way tries again, and may do so when it has come back as another member. */
  #save: EachBatchPayload['commitOffsetsIfNecessary'] | undefined;
  /** One that was given up may come to itself again: it has no say any more. */
  #over = false;

  constructor(private readonly options: GroupMemberOptions) {
    this.#consumer = options.kafka.consumer({
      groupId: options.prefix + options.group,
      allowAutoTopicCreation: false,
      sessionTimeout: SESSION_MS,
      rebalanceTimeout: SESSION_MS,
      heartbeatInterval: 1_000,
      // A partition that is asked for again joins in with the next request only: so the wait is short.
      maxWaitTimeInMs: 100,
      maxBytesPerPartition: 131_072,
      maxBytes: 2_097_152,
      // Who crashed is replaced by its subscription, and not by itself too.
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4, restartOnFailure: async () => false },
    });
    this.#watch();
  }

  /** Whether messages flow. */
  get alive(): boolean {
    return this.#joined && performance.now() - this.#lastSign < QUIET_MS;
  }

  /** Enters the group and begins to fetch. Whether that went well shows in {@link ended}. */
  async join(): Promise<void> {
    const { prefix, topics, feeds } = this.options;
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: topics.map((name) => prefix + name), fromBeginning: true });
    await this.#consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch: { topic, partition, messages }, commitOffsetsIfNecessary }) => {
        if (this.#over) return;
        this.#save = commitOffsetsIfNecessary;
        const name = topic.slice(prefix.length);
        feeds.fetched(
          { topic: name, partition },
          messages.map((message) => readRecord(name, partition, message)),
        );
      },
    });
  }

  /** Resolves with the reason when this stay is over. */
  async ended(): Promise<Error> {
    const silence = setInterval(() => {
      if (performance.now() - this.#lastSign > SILENT_MS) this.#end(new Error('the consumer fell silent'));
    }, LOOK_EVERY_MS);
    try {
      return await this.#ended.promise;
    } finally {
      clearInterval(silence);
    }
  }

  /** Saves up to where the partitions are done. */
  async commit(): Promise<void> {
    const { feeds, prefix } = this.options;
    const save = this.#save;
    const done = feeds.uncommitted();
    if (this.#over || !save || done.length === 0) return;
    const byTopic = Map.groupBy(done, ({ topic }) => prefix + topic);
    await save({
      topics: [...byTopic].map(([topic, own]) => ({
        topic,
        partitions: own.map(({ partition, offset }) => ({ partition, offset: String(offset) })),
      })),
    });
    feeds.saved(done);
  }

  flow({ topic, partition }: TopicPartition, flow: 'pause' | 'resume'): void {
    if (!this.#joined) return;
    this.#consumer[flow]([{ topic: this.options.prefix + topic, partitions: [partition] }]);
  }

  /** Leaves the group; one that cannot is forgotten. */
  async leave(withinMs = LEAVE_WITHIN_MS): Promise<void> {
    this.#end(new Error('left'));
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs)));
    await Promise.race([this.#consumer.disconnect().catch(() => undefined), tooLong]);
    clearTimeout(timer);
  }

  #watch(): void {
    const { CRASH, STOP, GROUP_JOIN, REBALANCING, HEARTBEAT } = this.#consumer.events;
    const sign = () => void (this.#lastSign = performance.now());
    this.#watchFetches(sign);
    this.#consumer.on(HEARTBEAT, sign);
    this.#consumer.on(REBALANCING, () => {
      sign();
      this.#isSharing = true;
    });
    this.#consumer.on(CRASH, ({ payload }) => this.#end(payload.error));
    this.#consumer.on(STOP, () => this.#end(new Error('the consumer stopped')));
    this.#consumer.on(GROUP_JOIN, ({ payload: { memberAssignment, memberId } }) => {
      if (this.#over) return;
      sign();
      this.#joined = true;
      this.#fetching.clear();
      const stayed = this.#isSharing && memberId === this.#memberId;
      this.#isSharing = false;
      this.#memberId = memberId;
      this.options.feeds.assigned(this.#partitionsOf(memberAssignment), stayed);
    });
  }

  /**
   * Where a topic is gone the client fetches on, without a word, and once it was made anew from where the old one ended:
   * what shows is a fetch that was begun and is begun again.
   */
  #watchFetches(sign: () => void): void {
    const { FETCH_START, FETCH } = this.#consumer.events;
    this.#consumer.on(FETCH_START, ({ payload: { nodeId } }) => {
      if (this.#fetching.has(nodeId)) this.#end(new Error('a fetch failed'));
      this.#fetching.add(nodeId);
    });
    this.#consumer.on(FETCH, ({ payload: { nodeId } }) => {
      sign();
      this.#fetching.delete(nodeId);
    });
  }

  #partitionsOf(assignment: Record<string, number[]>): TopicPartition[] {
    return Object.entries(assignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic: topic.slice(this.options.prefix.length), partition })),
    );
  }

  #end(reason: Error): void {
    if (this.#over) return;
    this.#over = true;
    this.#joined = false;
    this.options.feeds.outOfGroup();
    this.#ended.resolve(reason);
  }
}
