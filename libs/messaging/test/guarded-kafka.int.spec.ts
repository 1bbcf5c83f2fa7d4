import { describeWithKafka, eventually, startKafkaBroker, type KafkaBroker } from '@cleanroom/testing';
import type { EventBus } from '../src/event-bus.js';
import { openBus } from '../src/open-bus.js';
import { messageOf } from './message-of.js';

const TOPIC = messageOf('any').topic;

describeWithKafka('a cluster that speaks TLS and asks who is there', () => {
  let broker: KafkaBroker;
  const opened: EventBus[] = [];

  beforeAll(async () => {
    broker = await startKafkaBroker({ guarded: true });
  });
  afterEach(() => Promise.all(opened.splice(0).map((bus) => bus.close())));
  afterAll(() => broker.stop());

  /** @param changes what this client has got wrong, or does otherwise */
  const open = async (namespace: string, changes: Record<string, string> = {}): Promise<EventBus> => {
    const door = broker.guarded!;
    const { password = door.password, ...query } = { ca: door.ca, ...changes };
    const url = `kafka://${door.user}:${password}@${door.address}/${namespace}?${new URLSearchParams(query).toString()}`;
    const bus = await openBus(url, { clientId: 'test' });
    opened.push(bus);
    return bus;
  };

  it.each(['scram-sha-512', 'plain'])('brings messages to and fro for who signs in by %s', async (sasl) => {
    const bus = await open(sasl, { sasl });
    await bus.ensureTopics([TOPIC]);
    const found: string[] = [];
    await bus.subscribe({
      group: 'billing',
      topics: [TOPIC],
      handle: ({ key }) => Promise.resolve(void found.push(key)),
    });
    await bus.publish([messageOf('hp_1')]);
    await eventually(() => found.length > 0);
    expect(found).toEqual(['hp_1']);
  });

  it.each(['scram-sha-512', 'plain'])(
    'turns away who has a wrong password, by %s, and tells it to nobody',
    async (sasl) => {
      const bus = await open('stranger', { sasl, password: 'guessed-wrongly' });
      const refused = bus.ensureTopics([TOPIC]);
      await expect(refused).rejects.toThrow(/authentication/i);
      await expect(refused).rejects.not.toThrow('guessed-wrongly');
    },
  );

  it('is not trusted when nobody we trust has signed its certificate', async () => {
    const bus = await open('distrust', { ca: '', tls: 'true' });
    await expect(bus.ensureTopics([TOPIC])).rejects.toThrow(/self-signed certificate/);
  });

  it('lets nobody in who speaks without TLS', async () => {
    const door = broker.guarded!;
    const bus = await openBus(`kafka://${door.user}:${door.password}@${door.address}/open`, {
      clientId: 'test',
    });
    opened.push(bus);
    await expect(bus.ensureTopics([TOPIC])).rejects.toThrow();
  });
});
