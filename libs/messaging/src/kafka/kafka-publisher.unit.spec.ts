import type { Kafka, ProducerBatch, ProducerConfig } from 'kafkajs';
import { KafkaPublisher } from './kafka-publisher.js';

const message = { topic: 't', key: 'k', headers: {}, payload: new Uint8Array() };

/** A client that writes down what it is asked for, and whose sends can be made to fail. */
class WatchedClient {
  readonly producers: ProducerConfig[] = [];
  readonly sent: ProducerBatch[] = [];
  disconnected = 0;
  failing = false;

  producer(config: ProducerConfig) {
    this.producers.push(config);
    return {
      connect: async () => undefined,
      disconnect: async () => void this.disconnected++,
      sendBatch: async (batch: ProducerBatch) => {
        if (this.failing) throw new Error('no answer');
        this.sent.push(batch);
      },
    };
  }
}

describe('who publishes on Kafka', () => {
  let client: WatchedClient;
  let publisher: KafkaPublisher;

  beforeEach(() => {
    client = new WatchedClient();
    publisher = new KafkaPublisher(client as unknown as Kafka, 'prefix.');
  });

  it('waits for all replicas, one request after the other, and lets nothing be stored twice', async () => {
    await publisher.publish([message]);
    expect(client.sent).toMatchObject([{ acks: -1, topicMessages: [{ topic: 'prefix.t' }] }]);
    expect(client.producers).toMatchObject([{ idempotent: true, maxInFlightRequests: 1 }]);
  });

  it('makes no topic by speaking of it', async () => {
    await publisher.publish([message]);
    expect(client.producers).toMatchObject([{ allowAutoTopicCreation: false }]);
  });

  it('keeps its producer as long as its sends succeed, and throws it away after one that was rejected', async () => {
    await publisher.publish([message]);
    await publisher.publish([message]);
    expect(client.producers).toHaveLength(1);
    client.failing = true;
    await expect(publisher.publish([message])).rejects.toThrow('no answer');
    client.failing = false;
    await publisher.publish([message]);
    expect(client.producers).toHaveLength(2);
    expect(client.disconnected).toBe(1);
  });
});
