import { Kafka, logLevel, Partitioners } from 'kafkajs';

const AMOUNT = 10_000;
const BATCH = 100;
const BYTES = 200;

/** Events a second from a producer to a consumer that does nothing with them, in batches, with the client alone. */
export async function measurePlainKafka(address: string): Promise<number> {
  const kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
  const topic = `plain-${Date.now()}`;
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 8 }], waitForLeaders: true });
  await admin.disconnect();
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  const consumer = kafka.consumer({ groupId: topic, maxWaitTimeInMs: 100 });
  await Promise.all([producer.connect(), consumer.connect()]);
  const complete = Promise.withResolvers<void>();
  let seen = 0;
  const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachBatch: ({ batch }) => {
      seen += batch.messages.length;
      if (seen >= AMOUNT) complete.resolve();
      return Promise.resolve();
    },
  });
  await joined;
  const begun = performance.now();
  for (let n = 0; n < AMOUNT / BATCH; n++) await producer.send({ topic, acks: -1, messages: messages(n) });
  await complete.promise;
  const seconds = (performance.now() - begun) / 1_000;
  await Promise.all([producer.disconnect(), consumer.disconnect()]);
  return AMOUNT / seconds;
}

const messages = (batch: number) =>
  Array.from({ length: BATCH }, (_, n) => ({
    key: `key-${(batch * BATCH + n) % 500}`,
    value: Buffer.alloc(BYTES),
  }));
