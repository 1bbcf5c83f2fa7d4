import { describeWithKafka, eventually, startTestBus, type TestBus } from '@cleanroom/testing';
import type { Messaging } from '../../src/messaging.js';
import { openBus } from '../../src/open-bus.js';
import { UnrulyBus } from '../../src/unruly-bus.js';
import { startTestKafkaBus } from '../start-test-kafka-bus.js';
import { TwoServices } from '../two-services.js';
import { writeNews } from '../write-effect.js';

const KEYS = ['hp_1', 'hp_2', 'hp_3'];
const VERSIONS = 100;
const PATIENT = { within: 120_000 };
const range = (length: number): number[] => Array.from({ length }, (_, n) => n);

const specs = (makeBus: () => Promise<TestBus>) => (): void => {
  let services: TwoServices;
  let unruly: UnrulyBus;
  let producer: Messaging;

  beforeEach(async () => {
    services = await TwoServices.start(makeBus);
  }, 180_000);
  afterEach(async () => {
    // It publishes what was late: before its bus is closed, and when nothing is published any more.
    await producer.stop();
    await unruly.close();
    await services.close();
  });

  it.each([1, 2])(
    'leaves who goes by versions with the last state, and never goes back, under seed %i',
    async (seed) => {
      const outcomes: string[] = [];
      const versions: bigint[] = [];
      for (const n of range(VERSIONS)) for (const key of KEYS) await services.append(key, n + 1);
      unruly = new UnrulyBus(await openBus(services.testBus.url, { clientId: 'unruly' }), { seed });
      producer = await services.runProducer(unruly);
      await services.runConsumer(
        (tx, event) => {
          if (event.key === 'hp_1') versions.push(event.version);
          return writeNews(tx, event);
        },
        { onHandled: ({ outcome }) => outcomes.push(outcome) },
      );
      const handled = () => outcomes.filter((outcome) => outcome === 'handled');
      await eventually(() => handled().length === VERSIONS * KEYS.length, PATIENT);
      for (const key of KEYS) {
        const effects = await services.effects(key);
        expect(effects).toEqual([...effects].sort((one, other) => one - other));
        expect(effects.at(-1)).toBe(VERSIONS);
      }
      // There was trouble indeed.
      const overtaken = versions.filter((version, i) =>
        versions.slice(0, i).some((other) => other > version),
      );
      expect(overtaken.length).toBeGreaterThan(VERSIONS / 10);
      await eventually(() => outcomes.length > handled().length + VERSIONS / 4, PATIENT);
    },
    300_000,
  );
};

describe('an embedded bus that repeats and re-orders', specs(startTestBus));
describeWithKafka('Kafka that repeats and re-orders', specs(startTestKafkaBus));
