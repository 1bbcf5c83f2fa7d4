import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithKafka, eventually } from '@cleanroom/testing';
import { startTestKafkaBus } from '../start-test-kafka-bus.js';
import { TwoServices } from '../two-services.js';
import { writeEffect } from '../write-effect.js';

const KEYS = Array.from({ length: 12 }, (_, n) => `hp_${n}`);
const COMINGS = 8;

describeWithKafka('a group on Kafka whose members come and go', () => {
  let services: TwoServices;

  beforeEach(async () => {
    services = await TwoServices.start(startTestKafkaBus);
  }, 180_000);
  afterEach(() => services.close());

  it('does everything once and in order, however often it shares anew', async () => {
    let ending = false;
    let last = 0;
    await services.runProducer();
    const load = (async () => {
      for (; !ending; last++) {
        for (const key of KEYS) await services.append(key, last + 1);
        await sleep(20);
      }
    })();
    // Slow enough that every rebalance finds something in hand.
    const slowly: typeof writeEffect = async (tx, event) => {
      await sleep(5);
      await writeEffect(tx, event);
    };
    await services.runConsumer(slowly);
    for (let n = 0; n < COMINGS; n++) {
      const guest = await services.runConsumer(slowly, { bus: await services.testBus.open(`guest-${n}`) });
      const before = (await services.effects()).length;
      await eventually(async () => (await services.effects()).length > before + KEYS.length, {
        within: 120_000,
      });
      await guest.stop();
    }
    ending = true;
    await load;
    const expected = Array.from({ length: last }, (_, n) => n + 1);
    for (const key of KEYS)
      await eventually(async () => expect(await services.effects(key)).toEqual(expected), {
        within: 120_000,
      });
    expect(await services.consumer.worker.query('SELECT * FROM dead_letter')).toEqual([]);
  }, 900_000);
});
