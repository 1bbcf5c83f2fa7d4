import { topics } from '@cleanroom/contracts';
import { describeWithKafka, eventually, startKafka } from '@cleanroom/testing';
import { Kafka, logLevel, Partitioners, type Message, type Producer } from 'kafkajs';
import { lagOf } from '../../src/bus-operator.js';
import { listDeadLetters } from '../../src/dead-letters.js';
import { messageOf } from '../message-of.js';
import { startTestKafkaBus } from '../start-test-kafka-bus.js';
import { TwoServices } from '../two-services.js';

const TOPIC = topics.hetznerProject.name;
const good = messageOf('hp_1');
/** No text in UTF-8. */
const BYTES = Buffer.from([0xc3, 0x28, 0x00, 0xff, 0xed, 0xa0, 0x80]);
/** What somebody who knows nothing of events may write; all of it into one partition, before what is good. */
const poison: Record<string, Message> = {
  'of nothing': { key: '', value: null },
  'of a key that is no text': {
    ...{ key: BYTES, value: Buffer.from(good.payload) },
    headers: { ...good.headers, 'ce-id': 'evt_other' },
  },
  'of headers that are no texts': {
    ...{ key: 'hp_1', value: Buffer.from(good.payload) },
    headers: Object.fromEntries(Object.keys(good.headers).map((name) => [name, BYTES])),
  },
  'of a NUL in each header': {
    ...{ key: 'hp_1', value: Buffer.from(good.payload) },
    headers: Object.fromEntries(Object.entries(good.headers).map(([name, text]) => [name, `${text}\0`])),
  },
  'of a NUL in its name and its key': { key: '\0', headers: { '\0': '\0', '': '' }, value: '\0' },
};

describeWithKafka('a message on Kafka that somebody else wrote', () => {
  let services: TwoServices;
  let producer: Producer;

  beforeEach(async () => {
    services = await TwoServices.start(startTestKafkaBus);
    await services.runConsumer();
    const kafka = new Kafka({ brokers: [await startKafka()], logLevel: logLevel.NOTHING });
    producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
  }, 180_000);
  afterEach(async () => {
    await producer.disconnect();
    await services.close();
  });

  /** Writes them into the first partition. */
  const write = (messages: Message[]) =>
    producer.send({
      topic: `${new URL(services.testBus.url).pathname.slice(1)}.${TOPIC}`,
      messages: messages.map((message) => ({ ...message, partition: 0 })),
    });

  it('is put aside once, whatever it is made of, and what comes after it in its partition is done', async () => {
    const fine = { key: good.key, headers: good.headers, value: Buffer.from(good.payload) };
    await write([...Object.values(poison), fine]);
    await eventually(async () => expect(await services.effects()).toEqual([1]));
    const letters = await listDeadLetters(services.consumer);
    expect(letters).toHaveLength(Object.keys(poison).length);
    const lags = async () =>
      (await services.testBus.bus.operator.positions('billing', [TOPIC])).map((position) => lagOf(position));
    await eventually(async () => expect(new Set(await lags())).toEqual(new Set([0])));
  });

  it('is done although what is of no account for it cannot be read', async () => {
    const headers = { ...good.headers, traceparent: '00-\0', tracestate: BYTES, 'x\0': '\0' };
    await write([{ key: good.key, headers, value: Buffer.from(good.payload) }]);
    await eventually(async () => expect(await services.effects()).toEqual([1]));
    expect(await listDeadLetters(services.consumer)).toEqual([]);
  });
});
