import { setTimeout as sleep } from 'node:timers/promises';
import { Bell } from '@cleanroom/persistence';
import { deliver } from '../deliver.js';
import type { SubscribeOptions, Subscription } from '../event-bus.js';
import { KeyedDispatcher } from '../keyed-dispatcher.js';
import { CommitQueue } from './commit-queue.js';
import type { GroupClaims } from './group-claims.js';
import type { GroupMembership } from './group-membership.js';
import type { HeldPartition } from './held-partition.js';
import type { LogMessage, MessageLog } from './message-log.js';

export interface GroupSubscriptionOptions extends SubscribeOptions {
  readonly log: MessageLog;
  readonly claims: GroupClaims;
  readonly membership: GroupMembership;
  /** Real milliseconds between two looks when nothing wakes us. */
  readonly pollMilliseconds: number;
  readonly heartbeatMilliseconds: number;
  /** Told whether the database answered. */
  readonly onReached: (reached: boolean) => void;
}

const DEFAULT_IN_FLIGHT = 256;

/** One member of a consumer group: reads its partitions and hands their messages on, in order per key. */
export class GroupSubscription implements Subscription {
  readonly #dispatcher: KeyedDispatcher;
  readonly #commits: CommitQueue;
  readonly #messages = new Bell();
  readonly #group = new Bell();
  readonly #abort = new AbortController();
  #loops: Promise<unknown> = Promise.resolve();
  #rotation = 0;

  constructor(private readonly options: GroupSubscriptionOptions) {
    this.#dispatcher = new KeyedDispatcher(options.maxInFlight ?? DEFAULT_IN_FLIGHT);
    this.#commits = new CommitQueue(options.claims, () => options.membership.held());
  }

  async start(): Promise<void> {
    const { claims, membership } = this.options;
    await claims.join();
    await membership.balance();
    await claims.announce();
    this.#loops = Promise.all([this.#readOn(), this.#keepClaims()]);
  }

  /** Somebody published into a partition; undefined: perhaps into any. */
  heardOfMessage(name: string | undefined): void {
    const { membership } = this.options;
    const partitions = name === undefined ? membership.held() : [membership.get(name)];
    for (const partition of partitions) if (partition) partition.behind = true;
    if (partitions.some(Boolean)) this.#messages.ring();
  }

  /** Members came or went. */
  heardOfGroup(): void {
    this.#group.ring();
  }

  async stop(): Promise<void> {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    this.#messages.ring();
    this.#group.ring();
    await this.#loops;
    await this.#dispatcher.idle();
    await this.#commits.flush().catch(() => undefined);
    await this.options.claims.leave().catch(() => undefined);
  }

  async #keepClaims(): Promise<void> {
    const { membership, heartbeatMilliseconds } = this.options;
    while (!this.#abort.signal.aborted) {
      await this.#group.wait(heartbeatMilliseconds);
      if (this.#abort.signal.aborted) return;
      await this.#reach(async () => {
        // A partition is given away with all that is done in it, so that its next holder repeats nothing.
        await this.#commits.flush();
        await membership.balance();
      });
      this.#messages.ring();
    }
  }

  async #readOn(): Promise<void> {
    const { pollMilliseconds, membership } = this.options;
    let polledAt = performance.now();
    while (!this.#abort.signal.aborted) {
      await this.#dispatcher.room();
      if (performance.now() - polledAt >= pollMilliseconds) {
        for (const partition of membership.held()) partition.behind = true;
        polledAt = performance.now();
      }
      // Who asks nothing learns nothing about whether the database answers.
      const wanted = membership.certain ? this.#wanted() : [];
      const found = wanted.length > 0 && (await this.#reach(() => this.#readOnce(wanted)));
      if (!found) await this.#messages.wait(pollMilliseconds);
    }
  }

  /** Keeps a lost database from ending a loop; says whether there is more to do at once. */
  async #reach(work: () => Promise<boolean | void>): Promise<boolean> {
    try {
      const more = await work();
      this.options.onReached(true);
      return more ?? false;
    } catch {
      this.options.onReached(false);
      await sleep(200);
      return false;
    }
  }

  /** Reads a little of each partition that has something, so that no partition starves the others. */
  async #readOnce(wanted: readonly HeldPartition[]): Promise<boolean> {
    const { log } = this.options;
    const each = Math.max(1, Math.floor(this.#dispatcher.free / wanted.length));
    for (const partition of wanted) partition.behind = false;
    const from = wanted.map(({ topic, partition, position }) => ({ topic, partition, offset: position }));
    const messages = await log.read(from, each).catch((error: unknown) => {
      for (const partition of wanted) partition.behind = true;
      throw error;
    });
    for (const partition of wanted) {
      const own = messages.filter((m) => m.topic === partition.topic && m.partition === partition.partition);
      if (own.length === each) partition.behind = true;
      if (!partition.lost) for (const message of own) this.#take(partition, message);
    }
    // What was left out of this round is looked at now: a message there must not wait for the next poll.
    return messages.length > 0 || this.#wanted().length > 0;
  }

  #wanted(): HeldPartition[] {
    // One partition may fill a part of the hand only: a key that is stuck must not stop the other partitions.
    const most = Math.max(1, Math.floor((this.options.maxInFlight ?? DEFAULT_IN_FLIGHT) / 4));
    const ready = this.options.membership.held().filter((p) => p.behind && !p.leaving && p.inHand < most);
    const start = ready.length > 0 ? this.#rotation++ % ready.length : 0;
    return [...ready.slice(start), ...ready.slice(0, start)].slice(0, this.#dispatcher.free);
  }

  #take(partition: HeldPartition, message: LogMessage): void {
    partition.begin(message);
    this.#dispatcher.dispatch(`${message.topic} ${message.key}`, async () => {
      const done = await this.#handle(partition, message);
      partition.end(message.offset, done);
      this.#commits.request();
      if (partition.leaving && partition.inHand === 0) this.#group.ring();
      this.#messages.ring();
    });
  }

  #handle(partition: HeldPartition, { topic, key, headers, payload, offset }: LogMessage): Promise<boolean> {
    const message = { topic, key, headers, payload, offset: `${partition.partition}:${offset}` };
    const { signal } = this.#abort;
    return deliver({ handle: this.options.handle, message, isLost: () => partition.lost, signal });
  }
}
