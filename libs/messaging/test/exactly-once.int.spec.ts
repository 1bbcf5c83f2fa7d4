import { inOrganization } from '@cleanroom/persistence';
import { describeWithKafka, eventually, startTestBus, type TestBus } from '@cleanroom/testing';
import { EmbeddedBus } from '../src/embedded/embedded-bus.js';
import type { EventBus } from '../src/event-bus.js';
import { openBus } from '../src/open-bus.js';
import { startTestKafkaBus } from './start-test-kafka-bus.js';
import { TwoServices } from './two-services.js';
import { writeEffect } from './write-effect.js';

const range = (length: number): number[] => Array.from({ length }, (_, n) => n);

/** Longer than anybody waits here. */
const RARELY_MS = 600_000;

/** @param openRarely opens a bus that looks for messages by itself as good as never */
const specs =
  (makeBus: () => Promise<TestBus>, openRarely: (url: string) => Promise<EventBus>) => (): void => {
    let services: TwoServices;

    beforeEach(async () => {
      services = await TwoServices.start(makeBus);
    });
    afterEach(() => services.close());

    it('arrive in order per key and are handled once each', async () => {
      await services.runProducer();
      await services.runConsumer();
      for (const n of range(20))
        await Promise.all(['hp_1', 'hp_2', 'hp_3'].map((key) => services.append(key, n + 1)));
      await eventually(async () => (await services.effects()).length >= 60);
      for (const key of ['hp_1', 'hp_2', 'hp_3']) {
        expect(await services.effects(key)).toEqual(range(20).map((n) => n + 1));
      }
    });

    it('are heard by notification, long before the next poll would find them', async () => {
      const arrived = new Set<string>();
      const bus = await openRarely(services.testBus.url);
      try {
        await services.runProducer(bus, { pollMilliseconds: RARELY_MS });
        const consumer = await services.runConsumer(async (_tx, { key }) => void arrived.add(key), { bus });
        try {
          for (const n of range(10)) {
            await services.append(`hp_${n}`, 1);
            await eventually(() => arrived.has(`hp_${n}`));
          }
        } finally {
          await consumer.stop();
        }
      } finally {
        await bus.close();
      }
    });

    it('are not published when their transaction rolls back', async () => {
      await services.runProducer();
      await services.runConsumer();
      const failing = inOrganization(services.producer, 'org_a', async (tx) => {
        await services.appendIn(tx, 'hp_1', 1);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      await services.append('hp_1', 2);
      await eventually(async () => (await services.effects()).length > 0);
      expect(await services.effects()).toEqual([2]);
    });

    it('have one effect although the relay died between publishing and deleting', async () => {
      const { bus } = services.testBus;
      let deaths = 0;
      const dying: EventBus = {
        ensureTopics: (names) => bus.ensureTopics(names),
        subscribe: (options) => bus.subscribe(options),
        operator: bus.operator,
        healthy: () => bus.healthy(),
        close: () => bus.close(),
        publish: async (messages) => {
          await bus.publish(messages);
          if (deaths++ < 3) throw new Error('died after publishing');
        },
      };
      await services.append('hp_1', 1);
      await services.append('hp_1', 2);
      const outcomes: string[] = [];
      await services.runProducer(dying);
      await services.runConsumer(writeEffect, { onHandled: ({ outcome }) => outcomes.push(outcome) });
      await eventually(() => outcomes.length === 8);
      expect(await services.effects()).toEqual([1, 2]);
      expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(6);
      await eventually(async () =>
        expect(await services.producer.worker.query('SELECT * FROM outbox')).toEqual([]),
      );
    });

    it('are shared between two processes of a service, and published by one at a time', async () => {
      const [second, third] = [await services.testBus.open('second'), await services.testBus.open('third')];
      await services.runProducer();
      await services.runProducer(second);
      await services.runConsumer();
      await services.runConsumer(writeEffect, { bus: third });
      await Promise.all(
        range(8).map(async (k) => {
          for (const n of range(15)) await services.append(`hp_${k}`, n + 1);
        }),
      );
      await eventually(async () => (await services.effects()).length >= 120);
      for (const k of range(8))
        expect(await services.effects(`hp_${k}`)).toEqual(range(15).map((n) => n + 1));
    });

    it('change nothing when the whole topic is read again', async () => {
      const outcomes: string[] = [];
      await services.runProducer();
      const first = await services.runConsumer();
      for (const n of range(10)) await services.append(`hp_${n % 3}`, n + 1);
      await eventually(async () => (await services.effects()).length === 10);
      const before = await services.effects();
      await first.stop();
      await services.testBus.rewind('billing');
      await services.runConsumer(writeEffect, { onHandled: ({ outcome }) => outcomes.push(outcome) });
      await eventually(() => outcomes.length === 10);
      expect(new Set(outcomes)).toEqual(new Set(['duplicate']));
      expect(await services.effects()).toEqual(before);
    });

    it('lead to the events of their handler, once, however often the handler was tried', async () => {
      let tries = 0;
      await services.runProducer();
      await services.runConsumer(async (tx, event) => {
        if (event.version > 1n) return writeEffect(tx, event);
        await services.appendIn(tx, event.key, 7);
        if (++tries < 3) throw new Error('after appending');
      });
      await services.append('hp_1', 1);
      await eventually(async () => (await services.effects()).length > 0);
      expect(await services.effects()).toEqual([7]);
      expect(await services.testBus.messages()).toHaveLength(2);
      expect(tries).toBe(3);
    });

    it('survive that the database breaks every connection while they are handled', async () => {
      const { consumer } = services;
      let breaks = 0;
      await services.runProducer();
      await services.runConsumer(async (tx, event) => {
        await writeEffect(tx, event);
        if (breaks++ < 4) await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
      });
      await services.append('hp_1', 1);
      await services.append('hp_1', 2);
      await eventually(async () => (await services.effects()).length === 2);
      expect(await services.effects()).toEqual([1, 2]);
      expect(await consumer.worker.query('SELECT * FROM dead_letter')).toEqual([]);
    });
  };

const openEmbedded = (url: string) =>
  EmbeddedBus.open(url, { clientId: 'rare', pollMilliseconds: RARELY_MS, leaseSeconds: RARELY_MS / 1_000 });
const openKafka = (url: string) => openBus(url, { clientId: 'rare' });

describe('events between services on the embedded bus', specs(startTestBus, openEmbedded));
describeWithKafka('events between services on Kafka', specs(startTestKafkaBus, openKafka));
