import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithKafka, eventually, startKafkaBroker } from '@cleanroom/testing';
import type { KafkaBroker, TestBus } from '@cleanroom/testing';
import { startTestKafkaBus } from '../start-test-kafka-bus.js';
import { TwoServices } from '../two-services.js';

const range = (length: number): number[] => Array.from({ length }, (_, n) => n);
const PATIENT = { within: 120_000 };

const specs = (): void => {
  let broker: KafkaBroker;
  let services: TwoServices;
  const bus = (): TestBus['bus'] => services.testBus.bus;

  beforeAll(async () => {
    broker = await startKafkaBroker();
  }, 180_000);
  afterAll(() => broker?.stop());
  beforeEach(async () => {
    services = await TwoServices.start(() => startTestKafkaBus(broker.address));
  });
  afterEach(() => services.close());

  /** Appends growing versions of some keys until told to end; says how far each key came. */
  const load = (keys: string[]) => {
    let ending = false;
    const appended = new Map<string, number>();
    const done = (async () => {
      for (let version = 1; !ending; version++) {
        for (const key of keys) await services.append(key, version);
        for (const key of keys) appended.set(key, version);
        await sleep(5);
      }
    })();
    return { appended, end: () => ((ending = true), done) };
  };

  const arrivedInOrder = async (appended: Map<string, number>) => {
    for (const [key, last] of appended) {
      await eventually(async () => (await services.effects(key)).length >= last, PATIENT);
      expect(await services.effects(key)).toEqual(range(last).map((n) => n + 1));
    }
  };

  it('loses nothing and does nothing twice when the broker is killed under load, twice', async () => {
    await services.runProducer();
    await services.runConsumer();
    const { appended, end } = load(['hp_1', 'hp_2', 'hp_3']);
    for (const _ of range(2)) {
      const before = (await services.effects()).length;
      await eventually(async () => (await services.effects()).length > before + 30, PATIENT);
      await broker.kill();
      await sleep(500);
      await broker.restart();
    }
    await eventually(() => bus().healthy(), PATIENT);
    await end();
    await arrivedInOrder(appended);
    expect(await services.consumer.worker.query('SELECT * FROM dead_letter')).toEqual([]);
    const outbox = () => services.producer.worker.query('SELECT 1 FROM outbox');
    await eventually(async () => (await outbox()).length === 0, PATIENT);
  }, 600_000);

  it('starts without a broker, and tells and hears of everything once there is one', async () => {
    await broker.kill();
    const producer = await services.runProducer();
    const consumer = await services.runConsumer();
    await services.append('hp_1', 1);
    expect([producer.healthy(), consumer.healthy()]).toEqual([false, false]);
    await broker.restart();
    await arrivedInOrder(new Map([['hp_1', 1]]));
    await eventually(() => producer.healthy() && consumer.healthy(), PATIENT);
  }, 600_000);

  it('is not ready while the broker is away, goes on after its return, and drains the outbox', async () => {
    await services.runProducer();
    await services.runConsumer();
    await services.append('hp_1', 1);
    await eventually(async () => (await services.effects()).length === 1, PATIENT);
    await broker.kill();
    for (const n of range(50)) await services.append('hp_1', n + 2);
    await eventually(() => !bus().healthy(), { within: 60_000 });
    await broker.restart();
    await eventually(() => bus().healthy(), PATIENT);
    await arrivedInOrder(new Map([['hp_1', 51]]));
  }, 600_000);
};

describeWithKafka('events on Kafka, when the broker dies', specs, 'own');
