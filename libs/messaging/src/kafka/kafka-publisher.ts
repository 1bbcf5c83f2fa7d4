import { Partitioners, type Kafka, type Producer, type TopicMessages } from 'kafkajs';
import type { BusMessage } from '../event-bus.js';

const ANSWER_WITHIN_MS = 10_000;

/** Publishes with acknowledgement of all replicas, one publication after the other. */
export class KafkaPublisher {
  #producer: Promise<Producer> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly kafka: Kafka,
    private readonly prefix: string,
  ) {}

  publish(messages: readonly BusMessage[]): Promise<void> {
    const sent = this.#last.then(() => this.#send(messages));
    this.#last = sent.catch(() => undefined);
    return sent;
  }

  async close(): Promise<void> {
    await this.#last;
    const producer = await this.#producer?.catch(() => undefined);
    await producer?.disconnect();
  }

  async #send(messages: readonly BusMessage[]): Promise<void> {
    if (messages.length === 0) return;
    this.#producer ??= this.#connect();
    const producer = this.#producer;
    try {
      const topicMessages = this.#byTopic(messages);
      await (await producer).sendBatch({ topicMessages, acks: -1, timeout: ANSWER_WITHIN_MS });
    } catch (error) {
      // What was lost may be stored all the same, and the client has counted its sequence numbers back: the next message
      // would pass for a repetition and vanish. A new producer counts anew.
      this.#producer = undefined;
      void producer.then((old) => old.disconnect()).catch(() => undefined);
      throw error;
    }
  }

  async #connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
    });
    await producer.connect();
    return producer;
  }

  #byTopic(messages: readonly BusMessage[]): TopicMessages[] {
    const grouped = Map.groupBy(messages, ({ topic }) => this.prefix + topic);
    return [...grouped].map(([topic, own]) => ({
      topic,
      messages: own.map(({ key, headers, payload }) => ({ key, headers, value: Buffer.from(payload) })),
    }));
  }
}
