import { setTimeout as sleep } from 'node:timers/promises';
import { topics } from '@cleanroom/contracts';
import { describeWithKafka, eventually, startKafka } from '@cleanroom/testing';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { startTestKafkaBus } from '../start-test-kafka-bus.js';
import { TwoServices } from '../two-services.js';

const TOPIC = topics.hetznerProject.name;
const KEYS = Array.from({ length: 12 }, (_, n) => `hp_${n}`);
const PATIENT = { within: 60_000 };
/** A consumer that has halted is replaced within 10 seconds, and on a busy computer joining takes some more. */
const BY_THEMSELVES = { within: 20_000 };

describeWithKafka('a topic on Kafka that is gone and made again', () => {
  let admin: Admin;
  let services: TwoServices;
  let version: number;

  beforeAll(async () => {
    admin = new Kafka({ brokers: [await startKafka()], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
  }, 180_000);
  afterAll(() => admin?.disconnect());
  beforeEach(async () => {
    services = await TwoServices.start(startTestKafkaBus);
    await services.runProducer();
    await services.runConsumer();
    version = 0;
    await appendToAll();
    await arrived(version);
  }, 180_000);
  afterEach(() => services.close());

  const appendToAll = async () => {
    version++;
    for (const key of KEYS) await services.append(key, version);
  };

  /** Waits until the effects of this version are there, of all keys. */
  const arrived = (wanted: number, patience = PATIENT) =>
    eventually(async () => {
      for (const key of KEYS) expect(await services.effects(key)).toContain(wanted);
    }, patience);

  const remove = () =>
    admin.deleteTopics({ topics: [`${new URL(services.testBus.url).pathname.slice(1)}.${TOPIC}`] });

  /** As the next start of any service of it does. */
  const makeAgain = () => eventually(() => services.testBus.bus.ensureTopics([TOPIC]), PATIENT);

  it.each([500, 3_000])(
    'brings what is published afterwards once it was away for %i ms, and its bus is well again',
    async (awayMs) => {
      await remove();
      await sleep(awayMs);
      await makeAgain();
      await appendToAll();
      await arrived(version, BY_THEMSELVES);
      await eventually(() => services.testBus.bus.healthy(), BY_THEMSELVES);
      for (let n = 0; n < 5; n++) await appendToAll();
      await arrived(version);
      for (const key of KEYS) expect(await services.effects(key)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    },
    300_000,
  );

  it('shows as trouble of the bus meanwhile, and lets nothing that was committed meanwhile be lost', async () => {
    await remove();
    await appendToAll();
    await eventually(() => !services.testBus.bus.healthy(), PATIENT);
    await makeAgain();
    await arrived(version, BY_THEMSELVES);
    await eventually(() => services.testBus.bus.healthy(), BY_THEMSELVES);
    const outbox = () => services.producer.worker.query('SELECT 1 FROM outbox');
    await eventually(async () => expect(await outbox()).toEqual([]), PATIENT);
  }, 300_000);
});
