import { randomBytes } from 'node:crypto';
import { eventually, startKafka, type TestBus } from '@cleanroom/testing';
import { Kafka, logLevel } from 'kafkajs';
import type { EventBus } from '../src/event-bus.js';
import { openBus } from '../src/open-bus.js';

/** Makes a fresh bus on a real broker: a namespace of its own. */
export async function startTestKafkaBus(broker?: string): Promise<TestBus> {
  const address = broker ?? (await startKafka());
  const namespace = `test-${randomBytes(5).toString('hex')}`;
  const url = `kafka://${address}/${namespace}`;
  const opened: EventBus[] = [];
  const open = async (clientId: string): Promise<EventBus> => {
    const bus = await openBus(url, { clientId });
    opened.push(bus);
    return bus;
  };
  const kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
  return {
    url,
    bus: await open('test'),
    open,
    messages: () => readAll(kafka, `${namespace}.`),
    rewind: (group) => forget(kafka, `${namespace}.${group}`),
    close: async () => void (await Promise.all(opened.map((bus) => bus.close()))),
  };
}

/** A group without a memory begins at the start. */
async function forget(kafka: Kafka, groupId: string): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  // A member that left in a hurry is still one for a moment.
  await eventually(() => admin.deleteGroups([groupId]));
  await admin.disconnect();
}

type Stored = Awaited<ReturnType<TestBus['messages']>>;

/** The topics of a namespace, and how many messages they hold. */
async function countMessages(kafka: Kafka, prefix: string): Promise<{ topics: string[]; wanted: number }> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const topics = (await admin.listTopics()).filter((name) => name.startsWith(prefix));
    const ends = (await Promise.all(topics.map((name) => admin.fetchTopicOffsets(name)))).flat();
    return { topics, wanted: ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0) };
  } finally {
    await admin.disconnect();
  }
}

/** Reads every topic from its start up to its present end. */
async function readAll(kafka: Kafka, prefix: string): Promise<Stored> {
  const { topics, wanted } = await countMessages(kafka, prefix);
  // A consumer that leaves while it still joins never ends.
  if (wanted === 0) return [];
  const consumer = kafka.consumer({ groupId: `reader-${randomBytes(5).toString('hex')}` });
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  const found: Stored = [];
  const complete = Promise.withResolvers<void>();
  await consumer.run({
    eachMessage: async ({ topic, message: { key, value, headers } }) => {
      const texts = Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)]);
      found.push({
        topic: topic.slice(prefix.length),
        key: String(key),
        headers: Object.fromEntries(texts),
        payload: value ?? Buffer.alloc(0),
      });
      if (found.length >= wanted) complete.resolve();
    },
  });
  await complete.promise;
  await consumer.disconnect();
  return found;
}
