import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithKafka, eventually, startKafka } from '@cleanroom/testing';
import { Kafka, logLevel, type Consumer } from 'kafkajs';
import { KafkaBus } from '../../src/kafka/kafka-bus.js';
import { KafkaSubscription } from '../../src/kafka/kafka-subscription.js';
import { message, PATIENT, range, Seen, TOPIC } from '../bus-under-test.js';

/** The real client, which tells how many messages its consumers have brought. */
class CountingKafka extends Kafka {
  fetched = 0;

  override consumer(...config: Parameters<Kafka['consumer']>): Consumer {
    const consumer = super.consumer(...config);
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => void (this.fetched += payload.batchSize));
    return consumer;
  }
}

const AMOUNT = 3_000;
/** What makes one more request bring no more than a hundred messages or so. */
const PADDING = 'x'.repeat(1_000);

describeWithKafka('a consumer that is slower than its topic', () => {
  it('is brought no more than it can hold, and all of it once it goes on', async () => {
    const prefix = `slow-${randomBytes(5).toString('hex')}`;
    const address = await startKafka();
    const kafka = new CountingKafka({ brokers: [address], logLevel: logLevel.NOTHING });
    const bus = new KafkaBus(`kafka://${address}/${prefix}`, { clientId: 'test' });
    await bus.ensureTopics([TOPIC]);
    const padded = range(AMOUNT).map((n) => ({ ...message('k', n), headers: { 'ce-id': PADDING } }));
    for (let n = 0; n < AMOUNT; n += 500) await bus.publish(padded.slice(n, n + 500));
    const seen = new Seen();
    const held = Promise.withResolvers<void>();
    const subscription = new KafkaSubscription({
      ...{ kafka, prefix: `${prefix}.`, log: undefined, group: 'a', topics: [TOPIC] },
      handle: async (m) => {
        await held.promise;
        await seen.take(m);
      },
    });
    await subscription.start();
    await eventually(() => kafka.fetched >= 500, PATIENT);
    // Until nothing more comes: several requests' time.
    for (let before = -1; before < kafka.fetched; await sleep(1_000)) before = kafka.fetched;
    expect(kafka.fetched).toBeLessThan(1_200);
    held.resolve();
    await eventually(() => seen.all.length >= AMOUNT, PATIENT);
    expect(seen.numbers('k')).toEqual(range(AMOUNT));
    await subscription.stop();
    await bus.close();
  });
});
