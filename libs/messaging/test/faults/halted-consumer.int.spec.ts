import { randomBytes } from 'node:crypto';
import { describeWithKafka, eventually, startKafka } from '@cleanroom/testing';
import { Kafka, KafkaJSNonRetriableError, logLevel, type Consumer, type ConsumerRunConfig } from 'kafkajs';
import { BusSockets } from '../../src/kafka/bus-sockets.js';
import { KafkaBus } from '../../src/kafka/kafka-bus.js';
import { KafkaSubscription } from '../../src/kafka/kafka-subscription.js';
import { message, Seen, TOPIC } from '../bus-under-test.js';

/** What befalls the client's consumer at its next batch. */
type Trouble = (batch: unknown) => Promise<void>;

/** The real client, whose consumers can be made to halt from within. */
class TroubledKafka extends Kafka {
  trouble: Trouble | undefined;
  /** Of those whom trouble befell. */
  readonly crashes: { error: Error; restart: boolean }[] = [];
  readonly farewells: Promise<void>[] = [];

  override consumer(...config: Parameters<Kafka['consumer']>): Consumer {
    const consumer = super.consumer(...config);
    const { run, disconnect } = consumer;
    consumer.disconnect = () => {
      const farewell = disconnect();
      this.farewells.push(farewell);
      return farewell;
    };
    let isTroubled = false;
    // Brokers that have much to do turn consumers away, which then come again.
    consumer.on(consumer.events.CRASH, ({ payload }) => isTroubled && this.crashes.push(payload));
    consumer.run = (options: ConsumerRunConfig = {}) => {
      const eachBatch = async (batch: Parameters<NonNullable<ConsumerRunConfig['eachBatch']>>[0]) => {
        const { trouble } = this;
        // It befalls one consumer, and not the one that comes after it.
        this.trouble = undefined;
        isTroubled ||= trouble !== undefined;
        await (trouble ?? options.eachBatch)?.(batch);
      };
      return run({ ...options, eachBatch });
    };
    return consumer;
  }
}

describeWithKafka('a consumer of the client that halts for good', () => {
  const prefix = `halted-${randomBytes(5).toString('hex')}`;
  let sockets: BusSockets;
  let kafka: TroubledKafka;
  let bus: KafkaBus;
  let subscription: KafkaSubscription;
  let seen: Seen;

  beforeEach(async () => {
    const address = await startKafka();
    sockets = new BusSockets();
    kafka = new TroubledKafka({
      ...{ brokers: [address], logLevel: logLevel.NOTHING },
      socketFactory: sockets.open,
    });
    bus = new KafkaBus(`kafka://${address}/${prefix}`, { clientId: 'test' });
    await bus.ensureTopics([TOPIC]);
    seen = new Seen();
    subscription = new KafkaSubscription({
      ...{ kafka, prefix: `${prefix}.`, log: undefined },
      ...{ group: randomBytes(5).toString('hex'), topics: [TOPIC], handle: seen.take },
    });
    await subscription.start();
    await eventually(() => subscription.healthy(), { within: 60_000 });
  }, 180_000);
  afterEach(async () => {
    await subscription.stop();
    await bus.close();
    // What was given up still speaks, and is to have ended before its test has.
    await Promise.allSettled(kafka.farewells);
    sockets.close();
  });

  /** Lets it happen and waits until messages flow again. @returns whether that was seen from outside meanwhile */
  const suffer = async (trouble: Trouble): Promise<boolean> => {
    const happened = Promise.withResolvers<void>();
    kafka.trouble = (batch) => (happened.resolve(), trouble(batch));
    const id = randomBytes(5).toString('hex');
    await bus.publish([message(id, 1)]);
    await happened.promise;
    let wasRed = false;
    const flows = () => {
      wasRed ||= !subscription.healthy();
      return seen.numbers(id).length > 0 && subscription.healthy();
    };
    await eventually(flows, { within: 60_000, every: 5 });
    return wasRed;
  };

  it('is replaced after a crash that the client does not recover from, and is not ready meanwhile', async () => {
    const wasRed = await suffer(() => Promise.reject(new KafkaJSNonRetriableError('broken')));
    expect(kafka.crashes).toMatchObject([{ restart: false, error: { message: 'broken' } }]);
    expect(wasRed).toBe(true);
  }, 150_000);

  it('is replaced when it halts without a word, and is not ready meanwhile', async () => {
    const end = Promise.withResolvers<void>();
    const wasRed = await suffer(() => end.promise);
    expect(kafka.crashes).toEqual([]);
    end.resolve();
    expect(wasRed).toBe(true);
  }, 150_000);
});
