import {
  describeWithKafka,
  eventually,
  freePort,
  startKafkaBroker,
  type KafkaBroker,
} from '@cleanroom/testing';
import { Kafka, logLevel } from 'kafkajs';
import type { BusMessage } from '../../src/event-bus.js';
import { headerNames } from '../../src/header-names.js';
import { LossyProxy } from '../lossy-proxy.js';
import { messageOf } from '../message-of.js';
import { startTestKafkaBus } from '../start-test-kafka-bus.js';
import { TwoServices } from '../two-services.js';

const PATIENT = { within: 120_000 };
/** More than a client asks again. */
const ALL = 1_000;

const numbered = (n: number): BusMessage => {
  const message = messageOf('hp_1');
  return { ...message, headers: { ...message.headers, [headerNames.version]: String(n) } };
};
const [first, next] = [numbered(1), numbered(2)];

const specs = (): void => {
  let broker: KafkaBroker;
  let proxy: LossyProxy;
  let services: TwoServices;
  let address: string;

  beforeAll(async () => {
    const port = await freePort();
    address = `127.0.0.1:${port}`;
    broker = await startKafkaBroker({ advertisedPort: port });
    proxy = await LossyProxy.start(port, broker.address);
  }, 180_000);
  afterAll(async () => {
    await proxy?.stop();
    await broker?.stop();
  });
  beforeEach(async () => {
    services = await TwoServices.start(() => startTestKafkaBus(address));
    proxy.lost = 0;
  }, 180_000);
  afterEach(async () => {
    proxy.losses = 0;
    await services.close();
  });

  const stored = async (): Promise<string[]> =>
    (await services.testBus.messages()).map(({ headers }) => headers[headerNames.version] ?? '').sort();

  it('is stored once where the client asks again by itself', async () => {
    await services.runProducer();
    await services.runConsumer();
    proxy.losses = 1;
    for (const version of [1, 2, 3]) await services.append('hp_1', version);
    await eventually(async () => expect(await services.effects()).toEqual([1, 2, 3]), PATIENT);
    expect(proxy.lost).toBe(1);
    expect(await stored()).toEqual(['1', '2', '3']);
  }, 300_000);

  it('is stored again by a send that was given up, and is done once and before the next of its key', async () => {
    const outcomes: string[] = [];
    await services.runConsumer(undefined, { onHandled: ({ outcome }) => outcomes.push(outcome) });
    proxy.losses = ALL;
    await services.append('hp_1', 1);
    await services.runProducer();
    const { bus } = services.testBus;
    await eventually(() => !bus.healthy(), PATIENT);
    await services.append('hp_1', 2);
    proxy.losses = 0;
    await eventually(async () => expect(await services.effects()).toEqual([1, 2]), PATIENT);
    await eventually(() => outcomes.includes('duplicate'), PATIENT);
    expect(await services.effects()).toEqual([1, 2]);
    const twice = (await stored()).filter((version) => version === '1');
    expect(twice.length).toBeGreaterThan(1);
    const outbox = () => services.producer.worker.query('SELECT 1 FROM outbox');
    await eventually(async () => expect(await outbox()).toEqual([]), PATIENT);
    await eventually(() => bus.healthy(), PATIENT);
  }, 300_000);

  it('does not make the next message vanish', async () => {
    const { bus } = services.testBus;
    await bus.ensureTopics([first.topic]);
    proxy.losses = ALL;
    await expect(bus.publish([first])).rejects.toThrow();
    proxy.losses = 0;
    await bus.publish([next]);
    expect(await stored()).toEqual(['1', '2']);
  }, 300_000);

  it('would make the next one vanish if the producer were kept, for which reason it is thrown away', async () => {
    await services.testBus.bus.ensureTopics([first.topic]);
    const kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, retry: { retries: 2 } });
    await producer.connect();
    const topic = new URL(services.testBus.url).pathname.slice(1) + `.${first.topic}`;
    const send = ({ key, headers, payload }: BusMessage) =>
      producer.send({ topic, messages: [{ key, headers, value: Buffer.from(payload) }] });
    proxy.losses = ALL;
    await expect(send(first)).rejects.toThrow();
    proxy.losses = 0;
    await send(next);
    expect(await stored()).toEqual(['1']);
    await producer.disconnect();
  }, 300_000);
};

describeWithKafka('an event whose broker stores it and whose answer is lost', specs, 'own');
