import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@cleanroom/kernel';
import type { Kafka } from 'kafkajs';
import type { SubscribeOptions, Subscription } from '../event-bus.js';
import { Feeds } from './feeds.js';
import { GroupMember } from './group-member.js';

export interface KafkaSubscriptionOptions extends SubscribeOptions {
  readonly kafka: Kafka;
  readonly prefix: string;
  readonly log: Log | undefined;
}

const COMMIT_EVERY_MS = 200;
/** Twice that where the member had only just joined. */
export const FIRST_REBUILD_MS = 200;
const LONGEST_REBUILD_MS = 3_000;
/** Who stops for good takes more time to leave in order: the others would wait for its session to end. */
export const STOP_WITHIN_MS = 3_000;

/** Keeps a member in a consumer group: the client halts for good after some errors, so one that ended is replaced. */
export class KafkaSubscription implements Subscription {
  readonly #abort = new AbortController();
  readonly #feeds: Feeds;
  #member: GroupMember;
  #watching: Promise<void> = Promise.resolve();
  #commits: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: KafkaSubscriptionOptions) {
    this.#feeds = new Feeds({
      handle: options.handle,
      maxInFlight: options.maxInFlight,
      signal: this.#abort.signal,
      onFlow: (partition, flow) => this.#member.flow(partition, flow),
    });
    this.#member = this.#newMember();
  }

  /** Resolves when the group was joined, or when that failed and is being tried again. */
  async start(): Promise<void> {
    const first = Promise.withResolvers<void>();
    this.#watching = this.#watch(first.resolve);
    this.#timer = setInterval(() => void this.#commit(), COMMIT_EVERY_MS);
    await first.promise;
  }

  healthy(): boolean {
    return this.#member.alive;
  }

  async stop(): Promise<void> {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    await this.#feeds.idle();
    clearInterval(this.#timer);
    await this.#commits;
    await this.#commit();
    await this.#member.leave(STOP_WITHIN_MS);
    await this.#watching;
  }

  async #watch(onFirst: () => void): Promise<void> {
    for (let failures = 0; !this.#abort.signal.aborted;) {
      const joinedAt = performance.now();
      const reason = await this.#stay(onFirst);
      if (this.#abort.signal.aborted) return;
      this.options.log?.warn({ error: reason, group: this.options.group }, 'A consumer ended; replacing it');
      await this.#member.leave();
      failures = performance.now() - joinedAt > LONGEST_REBUILD_MS * 2 ? 0 : failures + 1;
      const wait = Math.min(FIRST_REBUILD_MS * 2 ** failures, LONGEST_REBUILD_MS);
      await sleep(wait, undefined, { signal: this.#abort.signal }).catch(() => undefined);
      if (!this.#abort.signal.aborted) this.#member = this.#newMember();
    }
  }

  /** One stay in the group, from joining to its end. */
  async #stay(onSettled: () => void): Promise<unknown> {
    try {
      await this.#member.join();
      onSettled();
      return await this.#member.ended();
    } catch (error) {
      return error;
    } finally {
      onSettled();
    }
  }

  /** One commit at a time; what cannot be saved now is saved with the next one. */
  #commit(): Promise<void> {
    this.#commits = this.#commits.then(() => this.#member.commit()).catch(() => undefined);
    return this.#commits;
  }

  #newMember(): GroupMember {
    const { kafka, prefix, group, topics } = this.options;
    return new GroupMember({ kafka, prefix, group, topics, feeds: this.#feeds });
  }
}
