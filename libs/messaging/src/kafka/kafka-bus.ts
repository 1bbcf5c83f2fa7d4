import type { Log } from '@cleanroom/kernel';
import { Kafka, logLevel } from 'kafkajs';
import type { BusMessage, EventBus, SubscribeOptions, Subscription } from '../event-bus.js';
import { BusSockets } from './bus-sockets.js';
import { parseKafkaAddress } from './kafka-address.js';
import { KafkaOperator } from './kafka-operator.js';
import { KafkaPublisher } from './kafka-publisher.js';
import { KafkaSubscription } from './kafka-subscription.js';
import { createTopics } from './kafka-topics.js';

export interface KafkaBusOptions {
  /** Who speaks; shows in the broker's logs and metrics. */
  readonly clientId: string;
  readonly log?: Log;
}

/** The bus on a cluster of Apache Kafka. */
export class KafkaBus implements EventBus {
  readonly operator: KafkaOperator;
  readonly #kafka: Kafka;
  readonly #prefix: string;
  readonly #sockets = new BusSockets();
  readonly #publisher: KafkaPublisher;
  readonly #subscriptions = new Set<KafkaSubscription>();
  #reached = true;

  /** @param address see `parseKafkaAddress`; nothing is connected yet */
  constructor(
    address: string,
    private readonly options: KafkaBusOptions,
  ) {
    const { brokers, prefix, ssl, sasl } = parseKafkaAddress(address);
    this.#prefix = prefix;
    this.#kafka = new Kafka({
      clientId: options.clientId,
      brokers,
      ssl,
      sasl,
      socketFactory: this.#sockets.open,
      connectionTimeout: 3_000,
      requestTimeout: 15_000,
      // What the client tells comes to us as errors; its own lines would only repeat them.
      logLevel: logLevel.NOTHING,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
    });
    this.#publisher = new KafkaPublisher(this.#kafka, prefix);
    this.operator = new KafkaOperator(this.#kafka, prefix);
  }

  ensureTopics(names: readonly string[]): Promise<void> {
    return createTopics(this.#kafka, this.#prefix, names);
  }

  async publish(messages: readonly BusMessage[]): Promise<void> {
    try {
      await this.#publisher.publish(messages);
      this.#reached = true;
    } catch (error) {
      this.#reached = false;
      throw error;
    }
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    await this.ensureTopics(options.topics);
    const { log } = this.options;
    const subscription = new KafkaSubscription({ ...options, kafka: this.#kafka, prefix: this.#prefix, log });
    this.#subscriptions.add(subscription);
    await subscription.start();
    return {
      stop: async () => {
        this.#subscriptions.delete(subscription);
        await subscription.stop();
      },
    };
  }

  healthy(): boolean {
    return this.#reached && [...this.#subscriptions].every((subscription) => subscription.healthy());
  }

  async close(): Promise<void> {
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
    this.#subscriptions.clear();
    await this.#publisher.close();
    await this.operator.close();
    this.#sockets.close();
  }
}
