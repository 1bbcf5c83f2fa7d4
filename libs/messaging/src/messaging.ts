import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '@cleanroom/contracts';
import { topics } from '@cleanroom/contracts';
import type { Clock, Log } from '@cleanroom/kernel';
import type { Database } from '@cleanroom/persistence';
import { AskedReplays } from './asked-replays.js';
import type { Consumer } from './consumer.js';
import { EventHandler, type Outcome } from './event-handler.js';
import { processInTrace } from './event-spans.js';
import type { DeliveredMessage, EventBus, Subscription } from './event-bus.js';
import { Housekeeping } from './housekeeping.js';
import { OutboxRelay } from './outbox-relay.js';
import { replay } from './replay-dead-letter.js';

/** How the handling of a message ended. */
export interface Handled {
  readonly topic: string;
  readonly outcome: Outcome;
  /** Real seconds from the message's arrival, retries included. */
  readonly seconds: number;
}

export interface MessagingOptions {
  /** The consumer group; members of the same service share the messages. */
  readonly service: ServiceName;
  readonly db: Database;
  readonly bus: EventBus;
  /** At most one per topic. */
  readonly consumers: readonly Consumer[];
  readonly clock: Clock;
  readonly log: Log;
  /** Told of every message, for metrics. */
  readonly onHandled?: (handled: Handled) => void;
  /** Real milliseconds before each retry of a failing event. @default 100, 300, 1000, 3000, 10000 */
  readonly retryDelays?: readonly number[];
  /** How often the statements of an event may take too long before it is put aside. @default 40: ten minutes of tries */
  readonly mostTimeouts?: number;
  /** Most messages in hand at once. @default the bus decides */
  readonly maxInFlight?: number;
  /** Real milliseconds between two looks into the outbox when nothing wakes the relay. @default 500 */
  readonly pollMilliseconds?: number;
}

const RETRY_DELAYS_MS = [100, 300, 1_000, 3_000, 10_000];
/** A statement is ended after 15 seconds: for so many of them a table may be locked or its database be under load. */
const MOST_TIMEOUTS = 40;
const OPEN_AGAIN_MS = 2_000;
/** A try that is under way ends with the bus, which is closed next. */
const GIVE_UP_WITHIN_MS = 3_000;

/** What one service needs to speak over the bus: its relay and its consumers. */
export class Messaging {
  readonly #abort = new AbortController();
  readonly #relay: OutboxRelay;
  readonly #handler: EventHandler;
  readonly #housekeeping: Housekeeping;
  readonly #replays: AskedReplays;
  readonly #consumers: ReadonlyMap<string, Consumer>;
  #subscription: Subscription | undefined;
  #isOpen = false;
  #opening: Promise<void> = Promise.resolve();

  /** @throws RangeError when two consumers have the same topic */
  constructor(private readonly options: MessagingOptions) {
    const { db, bus, log, consumers, retryDelays = RETRY_DELAYS_MS, mostTimeouts = MOST_TIMEOUTS } = options;
    this.#consumers = new Map(consumers.map((consumer) => [consumer.topic.name, consumer]));
    if (this.#consumers.size < consumers.length) throw new RangeError('two consumers have the same topic');
    this.#relay = new OutboxRelay(db, bus, log, options.pollMilliseconds);
    this.#handler = new EventHandler({ db, log, retryDelays, mostTimeouts, signal: this.#abort.signal });
    this.#housekeeping = new Housekeeping(db, log);
    this.#replays = new AskedReplays(db, this.#consumers, log);
  }

  /**
   * Makes the topics of this service, then publishes and consumes until {@link stop}. Where the bus cannot be reached it
   * resolves all the same, and that is tried again: a service that starts meanwhile answers queries, and what it has to
   * say waits in its outbox.
   */
  async start(): Promise<void> {
    this.#housekeeping.start();
    this.#replays.start();
    const tried = Promise.withResolvers<void>();
    this.#opening = this.#open(tried.resolve);
    await tried.promise;
  }

  /** Whether messages flow. */
  healthy(): boolean {
    return this.#isOpen && this.options.bus.healthy();
  }

  /** Finishes what is in hand; events that wait for a retry come again after the next start. */
  async stop(): Promise<void> {
    this.#abort.abort();
    this.#housekeeping.stop();
    await Promise.race([this.#opening, sleep(GIVE_UP_WITHIN_MS, undefined, { ref: false })]);
    await this.#subscription?.stop();
    await this.#replays.stop();
    await this.#relay.stop();
  }

  /**
   * Tries a parked message once more and forgets it when that succeeds.
   *
   * @returns false when there is no such dead letter
   * @throws whatever the handler throws; the message then stays parked
   */
  replayDeadLetter(id: string): Promise<boolean> {
    return replay(this.options.db, this.#consumers, id);
  }

  async #open(onTried: () => void): Promise<void> {
    const { signal } = this.#abort;
    while (!this.#isOpen && !signal.aborted) {
      try {
        await this.#connect();
        this.#isOpen = true;
      } catch (error) {
        this.options.log.warn({ error }, 'The bus cannot be reached; trying again');
      }
      onTried();
      if (!this.#isOpen) await sleep(OPEN_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #connect(): Promise<void> {
    const { service, bus, maxInFlight } = this.options;
    const produced = Object.values(topics).filter(({ producer }) => producer === service);
    const consumed = [...this.#consumers.keys()];
    await bus.ensureTopics([...produced.map(({ name }) => name), ...consumed]);
    if (consumed.length > 0)
      this.#subscription = await bus.subscribe({
        group: service,
        topics: consumed,
        handle: (message) => this.#handle(message),
        maxInFlight,
      });
    this.#relay.start();
  }

  async #handle(message: DeliveredMessage): Promise<void> {
    const consumer = this.#consumers.get(message.topic);
    if (!consumer) return;
    const startedAt = performance.now();
    const outcome = await processInTrace(message, () => this.#handler.handle(consumer, message));
    this.options.onHandled?.({
      topic: message.topic,
      outcome,
      seconds: (performance.now() - startedAt) / 1_000,
    });
  }
}
