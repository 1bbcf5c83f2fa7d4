import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { topics } from '@cleanroom/contracts';
import {
  describeWithKafka,
  eventually,
  startKafka,
  superviseProcess,
  type SupervisedProcess,
} from '@cleanroom/testing';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { bundleProgram } from '../bundle-program.js';
import { startTestKafkaBus } from '../start-test-kafka-bus.js';
import { TwoServices } from '../two-services.js';

const TOPIC = topics.hetznerProject.name;
const KEYS = Array.from({ length: 12 }, (_, n) => `hp_${n}`);
const PATIENT = { within: 120_000 };
const upTo = (length: number): number[] => Array.from({ length }, (_, n) => n + 1);

describeWithKafka('a consumer on Kafka that is frozen with work in hand', () => {
  let program: string;
  let admin: Admin;
  let services: TwoServices;
  let child: SupervisedProcess;

  beforeAll(async () => {
    program = await bundleProgram('steady-consumer');
    admin = new Kafka({ brokers: [await startKafka()], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
  }, 180_000);
  afterAll(async () => {
    await admin?.disconnect();
    rmSync(program, { force: true });
  });
  beforeEach(async () => {
    services = await TwoServices.start(startTestKafkaBus);
    await services.runProducer();
    await services.runConsumer();
    const { consumer, testBus } = services;
    child = superviseProcess({
      command: process.execPath,
      args: ['--enable-source-maps', program, testBus.url, consumer.appUrl, consumer.workerUrl],
      env: { PATH: process.env['PATH'] ?? '' },
      restart: false,
    });
    await untilMembersAre(2);
  }, 180_000);
  afterEach(async () => {
    await child.stop();
    await services.close();
  });

  const untilMembersAre = (wanted: number) =>
    eventually(async () => {
      const group = `${new URL(services.testBus.url).pathname.slice(1)}.billing`;
      const [found] = (await admin.describeGroups([group])).groups;
      return found?.state === 'Stable' && found.members.length === wanted;
    }, PATIENT);

  /** Appends growing versions of all keys until told to end; says then how far they came. */
  const load = () => {
    let ending = false;
    let last = 0;
    const done = (async () => {
      for (; !ending; last++) {
        for (const key of KEYS) await services.append(key, last + 1);
        await sleep(100);
      }
      return last;
    })();
    return { reached: () => last, end: () => ((ending = true), done) };
  };

  /** Looks where the group is until told to end; says then what was set back. */
  const watchOffsets = () => {
    let ending = false;
    const known = new Map<number, bigint>();
    const setBack: string[] = [];
    const done = (async () => {
      for (; !ending; await sleep(100)) {
        for (const { partition, next } of await services.testBus.bus.operator.positions('billing', [TOPIC])) {
          const before = known.get(partition) ?? 0n;
          if (next < before) setBack.push(`${partition}: ${before} to ${next}`);
          known.set(partition, next);
        }
      }
      return setBack;
    })();
    return { end: () => ((ending = true), done) };
  };

  /** Freezes it at a moment at which it has begun effects and has not committed them. */
  const freeze = () =>
    eventually(async () => {
      child.signal('SIGSTOP');
      const [open] = await services.consumer.asAdmin(
        `SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'steady%' AND state = 'idle in transaction'
           AND xact_start < now() - interval '10 ms'`,
      );
      if (open) return true;
      child.signal('SIGCONT');
      return false;
    }, PATIENT);

  it.each([
    ['for longer than its session', () => Promise.resolve()],
    [
      'until another one has done all that it had in hand',
      async (reached: number) => {
        for (const key of KEYS)
          await eventually(async () => (await services.effects(key)).length >= reached, PATIENT);
      },
    ],
  ])(
    '%s does nothing twice or out of order afterwards, sets nothing back and takes part again',
    async (_, meanwhile) => {
      const offsets = watchOffsets();
      const { reached, end } = load();
      await eventually(() => child.output.includes('did'), PATIENT);
      await freeze();
      await untilMembersAre(1);
      await meanwhile(reached());
      child.signal('SIGCONT');
      await untilMembersAre(2);
      const since = reached();
      const isLater = ([, version]: RegExpMatchArray) => Number(version) > since;
      await eventually(() => [...child.output.matchAll(/did \S+ (\d+)/g)].some(isLater), PATIENT);
      const last = await end();
      for (const key of KEYS)
        await eventually(async () => expect(await services.effects(key)).toEqual(upTo(last)), PATIENT);
      expect(await offsets.end()).toEqual([]);
      expect(await services.consumer.worker.query('SELECT * FROM dead_letter')).toEqual([]);
      expect(child.exits).toEqual([]);
    },
    400_000,
  );
});
