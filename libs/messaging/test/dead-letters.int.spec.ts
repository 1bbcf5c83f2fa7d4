import { create, toBinary } from '@bufbuild/protobuf';
import { HetznerProjectChangedSchema, topics } from '@cleanroom/contracts';
import { describeWithKafka, eventually, startTestBus, type TestBus } from '@cleanroom/testing';
import type { EntityManager } from 'typeorm';
import { askForReplay } from '../src/asked-replays.js';
import { lagOf } from '../src/bus-operator.js';
import { listDeadLetters, park } from '../src/dead-letters.js';
import type { BusMessage } from '../src/event-bus.js';
import { Inbox } from '../src/inbox.js';
import { startTestKafkaBus } from './start-test-kafka-bus.js';
import { TwoServices } from './two-services.js';
import { writeEffect } from './write-effect.js';

const TOPIC = topics.hetznerProject.name;

const specs = (makeBus: () => Promise<TestBus>) => (): void => {
  let services: TwoServices;

  beforeEach(async () => {
    services = await TwoServices.start(makeBus);
    await services.runProducer();
  });
  afterEach(() => services.close());

  const parked = () =>
    eventually(async () => {
      const letters = await listDeadLetters(services.consumer);
      return letters.length > 0 && letters;
    });

  it('is retried five times and then parked, while other keys go on', async () => {
    let tries = 0;
    await services.runConsumer(async (tx, event) => {
      if (event.key === 'hp_bad') {
        tries++;
        await writeEffect(tx, event);
        throw new Error('the handler has a bug');
      }
      await writeEffect(tx, event);
    });
    await services.append('hp_bad', 1);
    await services.append('hp_good', 1);
    const [letter] = await parked();
    expect(letter).toMatchObject({ topic: TOPIC, key: 'hp_bad', organizationId: 'org_a', reason: 'failed' });
    expect(letter?.detail).toContain('the handler has a bug');
    expect(tries).toBe(6);
    await eventually(async () => expect(await services.effects('hp_good')).toEqual([1]));
    expect(await services.effects('hp_bad')).toEqual([]);
  });

  const tooSlow = async (tx: EntityManager): Promise<void> => {
    await tx.query('SET LOCAL statement_timeout = 20');
    await tx.query('SELECT pg_sleep(10)');
  };

  it('is tried again where a statement takes too long, more often than where it fails', async () => {
    let tries = 0;
    await services.runConsumer(async (tx, event) => (++tries < 5 ? tooSlow(tx) : writeEffect(tx, event)), {
      retryDelays: [1],
    });
    await services.append('hp_1', 1);
    await eventually(async () => (await services.effects()).length > 0);
    expect(await listDeadLetters(services.consumer)).toEqual([]);
  });

  it('is parked where a statement of its own takes too long again and again, and its key goes on', async () => {
    let tries = 0;
    await services.runConsumer(
      async (tx, event) => {
        if (event.version > 1n) return writeEffect(tx, event);
        tries++;
        await tooSlow(tx);
      },
      { mostTimeouts: 2 },
    );
    await services.append('hp_1', 1);
    await services.append('hp_1', 2);
    const [letter] = await parked();
    expect(letter).toMatchObject({ key: 'hp_1', reason: 'failed' });
    expect(letter?.detail).toContain('statement timeout');
    expect(tries).toBe(3);
    await eventually(async () => expect(await services.effects()).toEqual([2]));
  });

  it('lets later messages of its own key go on once it is parked', async () => {
    await services.runConsumer(async (tx, event) => {
      if (event.version === 1n) throw new Error('no');
      await writeEffect(tx, event);
    });
    await services.append('hp_1', 1);
    await services.append('hp_1', 2);
    await eventually(async () => (await services.effects()).length > 0);
    expect(await services.effects()).toEqual([2]);
    expect(await listDeadLetters(services.consumer)).toHaveLength(1);
  });

  it('is handled after all, however long ago it was put aside', async () => {
    let broken = true;
    const messaging = await services.runConsumer(async (tx, event) => {
      if (broken) throw new Error('no');
      await writeEffect(tx, event);
    });
    await services.append('hp_1', 1);
    const id = (await parked())[0]?.id ?? '';
    broken = false;
    await new Inbox(services.consumer).prune(0);
    expect(await messaging.replayDeadLetter(id)).toBe(true);
    expect(await services.effects()).toEqual([1]);
  });

  it('is handled after all when it is replayed, and then forgotten', async () => {
    let broken = true;
    const messaging = await services.runConsumer(async (tx, event) => {
      if (broken) throw new Error('no');
      await writeEffect(tx, event);
    });
    await services.append('hp_1', 1);
    const id = (await parked())[0]?.id ?? '';
    await expect(messaging.replayDeadLetter(id)).rejects.toThrow('no');
    expect(await listDeadLetters(services.consumer)).toHaveLength(1);
    broken = false;
    expect(await messaging.replayDeadLetter(id)).toBe(true);
    expect(await messaging.replayDeadLetter(id)).toBe(false);
    expect(await services.effects()).toEqual([1]);
    expect(await listDeadLetters(services.consumer)).toEqual([]);
  });

  it('is tried again by its service when somebody asks, and says why it failed again', async () => {
    let broken = 'first';
    await services.runConsumer(async (tx, event) => {
      if (broken) throw new Error(broken);
      await writeEffect(tx, event);
    });
    await services.append('hp_1', 1);
    const [letter] = await parked();
    const id = letter?.id ?? '';
    broken = 'second';
    await askForReplay(services.consumer, [id]);
    const failed = await eventually(async () => {
      const [found] = await listDeadLetters(services.consumer);
      return found?.replayFailedAt ? found : false;
    });
    expect(failed).toMatchObject({ replayAskedAt: null, detail: expect.stringContaining('second') });
    broken = '';
    await askForReplay(services.consumer, [id]);
    await eventually(async () => expect(await listDeadLetters(services.consumer)).toEqual([]));
    expect(await services.effects()).toEqual([1]);
  });

  it('is not parked where another process has handled it meanwhile', async () => {
    await services.runConsumer();
    await services.append('hp_1', 1);
    await eventually(async () => (await services.effects()).length > 0);
    const [message] = await services.testBus.messages();
    if (!message) throw new Error('there is no message');
    expect(await park(services.consumer, message, 'failed', 'no')).toBe(false);
    expect(await listDeadLetters(services.consumer)).toEqual([]);
  });

  it('is parked when it was begun three times and never ended, twice by itself, without being begun again', async () => {
    let calls = 0;
    await services.append('hp_1', 1);
    const id = await new Promise<string | undefined>((resolve) => {
      const handle = async ({ headers: { 'ce-id': said } }: BusMessage) => resolve(said);
      void services.testBus.bus.subscribe({ group: 'reader', topics: [TOPIC], handle });
    });
    await services.consumer.worker.query(
      `INSERT INTO inbox (topic, event_id, organization_id, started, alone) VALUES ($1, $2, 'org_a', 3, 2)`,
      [TOPIC, id],
    );
    await services.runConsumer(async () => void calls++);
    const [letter] = await parked();
    expect(letter?.reason).toBe('killed-process');
    expect(calls).toBe(0);
  });

  const bytes = (fields: { hetznerProjectId: string; organizationId: string }) =>
    toBinary(HetznerProjectChangedSchema, create(HetznerProjectChangedSchema, { ...fields, version: 1n }));
  const headers = {
    'ce-id': 'evt_1',
    'ce-type': HetznerProjectChangedSchema.typeName,
    'ce-time': '2026-03-02T08:00:00.000Z',
    'cleanroom-organization': 'org_a',
    'cleanroom-version': '1',
  };
  const payload = bytes({ hetznerProjectId: 'hp_1', organizationId: 'org_a' });

  it.each([
    ['of another organisation', 'mismatch', { headers: { ...headers, 'cleanroom-organization': 'org_b' } }],
    ['of no organisation', 'mismatch', { payload: bytes({ hetznerProjectId: 'hp_1', organizationId: '' }) }],
    ['of another key', 'mismatch', { key: 'hp_2' }],
    ['of bytes that are no protobuf', 'unparsable', { payload: Uint8Array.of(255, 255, 255) }],
    ['of nothing at all', 'unknown-type', { key: '', headers: {}, payload: new Uint8Array() }],
    [
      'of an id that is longer than any index takes',
      'unparsable',
      { headers: { ...headers, 'ce-id': 'e'.repeat(9_000) } },
    ],
    ['without an id', 'unparsable', { headers: { ...headers, 'ce-id': '' } }],
    [
      'of an unknown type',
      'unknown-type',
      { headers: { ...headers, 'ce-type': 'cleanroom.other.v1.Thing' } },
    ],
    [
      'of a major that is not ours yet',
      'unknown-type',
      { headers: { ...headers, 'ce-type': 'cleanroom.identity.v2.HetznerProjectChanged' } },
    ],
  ])('is parked at once when it is %s', async (_, reason, flaw) => {
    let calls = 0;
    await services.runConsumer(async () => void calls++);
    await services.testBus.bus.publish([{ topic: TOPIC, key: 'hp_1', headers, payload, ...flaw }]);
    const [letter] = await parked();
    expect(letter).toMatchObject({ reason });
    expect(calls).toBe(0);
  });
};

describe('a message on the embedded bus that cannot be handled', specs(startTestBus));
describeWithKafka('a message on Kafka that cannot be handled', () => {
  specs(startTestKafkaBus)();

  it('is parked although PostgreSQL takes none of its texts, and holds up nothing', async () => {
    const services = await TwoServices.start(startTestKafkaBus);
    const { bus } = services.testBus;
    await services.runConsumer();
    const bad = { 'ce-id': 'evt\0', 'ce-type': 'no\0 type', 'cleanroom-organization': '\0', 'odd\0name': '' };
    await bus.publish([{ topic: TOPIC, key: 'hp_\0', headers: bad, payload: Uint8Array.of(0) }]);
    const letters = await eventually(async () => {
      const found = await listDeadLetters(services.consumer);
      return found.length > 0 && found;
    });
    expect(letters).toMatchObject([{ key: 'hp_\uFFFD', reason: 'unknown-type' }]);
    const group = async () => (await bus.operator.positions('billing', [TOPIC])).map(lagOf);
    await eventually(async () => expect((await group()).every((lag) => lag === 0)).toBe(true));
    await services.close();
  });
});
