import { topics } from '@cleanroom/contracts';
import { lagOf, openBus, type BusMessage, type EventBus } from '@cleanroom/messaging';
import { describeWithKafka, startKafkaBroker, type KafkaBroker } from '@cleanroom/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { readCommand } from '../../src/events/read-command.js';
import { runCommand } from '../../src/events/run-command.js';
import { serviceNames } from '../../src/service-names.js';
import { eventually } from '../eventually.js';
import { readFleet, type RunnerFacts } from '../fleet.js';
import { forgeEvents } from '../forge-events.js';
import { startTestInstallation, type TestInstallation } from '../installation.js';
import { metersEqualTheLedger, noJobIsLost, nothingIsOrphaned, nothingWasDouble } from '../invariants.js';
import { restartableServices } from '../restartable-services.js';
import { adminUrl, stateDigest } from '../state-digest.js';

const MINUTE_MS = 60_000;
const AWAY_MS = MINUTE_MS;
/** Nothing takes so long, however busy the computer is. */
const PATIENT = { within: 3 * MINUTE_MS, every: 500 };
/** Longer than every look that is taken again and again, by the installation's clock, but that after hooks. */
const AT_REST_MS = 15_000;
/** Far from midnight, when months end. */
const MORNING = '09:00';
const topicNames = Object.values(topics).map(({ name }) => name);
const unruly = Object.fromEntries(
  serviceNames.map((name, seed) => [name, { CLEANROOM_UNRULY_BUS: String(seed) }]),
);

const specs = (): void => {
  const services = restartableServices();
  let broker: KafkaBroker;
  let installation: TestInstallation;
  let bus: EventBus;
  const jobIds: number[] = [];

  beforeAll(async () => {
    broker = await startKafkaBroker();
    installation = await startTestInstallation({
      // What is waited for by the clock has its deadlines there, and a busy computer must keep them.
      speed: 10,
      timeOfDay: MORNING,
      bus: 'kafka',
      kafkaBrokers: [broker.address],
      start: services.start,
      // The events overtake each other and come twice, besides all that follows.
      extra: unruly,
    });
    bus = await openBus(installation.system.installation.databases.busUrl, { clientId: 'test' });
  }, 6 * MINUTE_MS);
  afterAll(async () => {
    await bus?.close();
    await installation?.stop();
    await broker?.stop();
  }, 2 * MINUTE_MS);

  const queueJob = async () => void jobIds.push(...(await installation.gitlab.queueJobs({ seconds: 20 })));

  const change = (mutation: string, id: string | undefined) =>
    installation.ask(`mutation($id: ID!) { ${mutation} { userErrors { code } } }`, { id });

  const serverOf = async (runner: string) =>
    (await installation.hetzner.livingServers()).find(({ labels }) => labels['cleanroom-runner'] === runner);

  /** Waits until a runner that is kept awake is ready: whether anybody else is depends on the hour. */
  const wakeSomebody = async (): Promise<RunnerFacts> => {
    const [{ id = '' } = {}] = await readFleet(installation.ask);
    const until = new Date(installation.system.clock.now().getTime() + 24 * 60 * MINUTE_MS).toISOString();
    await change(`wakeRunner(id: $id, until: "${until}")`, id);
    return eventually(
      async () =>
        (await readFleet(installation.ask)).find((one) => one.id === id && one.state === 'IDLE') ?? false,
      PATIENT,
    );
  };

  const inOutboxes = async (): Promise<number> => {
    const counts = serviceNames.map(async (name) => {
      const client = new pg.Client({ connectionString: adminUrl(installation.system, name) });
      await client.connect();
      const { rows } = await client.query<{ waiting: string }>('SELECT count(*) AS waiting FROM outbox');
      await client.end();
      return Number(rows[0]?.waiting);
    });
    return (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
  };

  const behind = async (): Promise<number> => {
    const positions = await Promise.all(
      serviceNames.map((name) => bus.operator.positions(name, readBy(name))),
    );
    return positions.flat().reduce((sum, position) => sum + lagOf(position), 0);
  };

  it(
    'does every job although the broker is killed under load, twice',
    async () => {
      for (let round = 0; round < 2; round++) {
        for (let n = 0; n < 3; n++) {
          await queueJob();
          await sleep(500);
        }
        await broker.kill();
        await queueJob();
        await sleep(1_000);
        await broker.restart();
      }
      await noJobIsLost(installation, jobIds, 3 * MINUTE_MS);
    },
    6 * MINUTE_MS,
  );

  it(
    'orders and deletes machines while the broker is away for a minute, and tells of it afterwards',
    async () => {
      const { id } = await wakeSomebody();
      const first = await serverOf(id);
      await broker.kill();
      const left = performance.now();
      await change('drainRunner(id: $id)', id);
      await eventually(async () => {
        const living = await installation.hetzner.livingServers();
        expect(living.map((server) => server.id)).not.toContain(first?.id);
      }, PATIENT);
      await change('wakeRunner(id: $id)', id);
      const second = await eventually(async () => (await serverOf(id)) ?? false, PATIENT);
      expect(second.id).not.toBe(first?.id);
      await queueJob();
      expect(await inOutboxes()).toBeGreaterThan(0);
      await sleep(AWAY_MS - (performance.now() - left));
      await broker.restart();
      await eventually(async () => expect(await inOutboxes()).toBe(0), PATIENT);
      await noJobIsLost(installation, jobIds, 3 * MINUTE_MS);
    },
    15 * MINUTE_MS,
  );

  it(
    'had no double, leaves no orphan and meters what Hetzner bills',
    async () => {
      await nothingWasDouble(installation);
      await nothingIsOrphaned(installation);
      await metersEqualTheLedger(installation);
    },
    8 * MINUTE_MS,
  );

  describe('at rest', () => {
    let atRest: Record<string, string>;

    beforeAll(async () => {
      const [runner] = await readFleet(installation.ask);
      // A window that opens or closes is a change, too.
      await change('assignSchedule(poolId: $id)', runner?.pool.id);
      await change('pauseRunnerPool(id: $id, paused: true)', runner?.pool.id);
      await eventually(async () => {
        expect((await readFleet(installation.ask)).filter(({ state }) => state !== 'ASLEEP')).toEqual([]);
        expect(await installation.hetzner.livingServers()).toEqual([]);
      }, PATIENT);
      await eventually(async () => expect([await inOutboxes(), await behind()]).toEqual([0, 0]), PATIENT);
      atRest = await stateDigest(installation.system);
      await eventually(async () => {
        const before = atRest;
        await sleep(AT_REST_MS);
        atRest = await stateDigest(installation.system);
        expect(atRest).toEqual(before);
      }, PATIENT);
    }, 15 * MINUTE_MS);

    it(
      'changes nothing because of forged events',
      async () => {
        const forged = forgeEvents(await wholeLog(bus));
        expect(forged.length).toBeGreaterThan(topicNames.length);
        await bus.publish(forged);
        // Some are retried for a quarter of a minute before they are given up, those of one key one after the other.
        await eventually(async () => expect(await behind()).toBe(0), PATIENT);
        expect(await stateDigest(installation.system)).toEqual(atRest);
      },
      6 * MINUTE_MS,
    );

    it(
      'changes nothing at Hetzner, at GitLab or in a database when every topic is read again',
      async () => {
        const before = await changesOutside();
        await services.stopServices();
        const { busUrl } = installation.system.installation.databases;
        let again = 0;
        for (const group of serviceNames) {
          const words = ['rewind', '--group', group, '--yes'];
          const run = () => runCommand(readCommand(words), bus, { busUrl, databases: {} });
          // Who did not leave in time is a member for as long as its session lasts.
          const { text: said } = await eventually(run, PATIENT);
          again += Number(/reads up to (\d+) messages again/.exec(said)?.[1]);
        }
        expect(again).toBeGreaterThan(100);
        expect(await behind()).toBe(again);
        await services.startServices();
        await eventually(async () => expect(await behind()).toBe(0), PATIENT);
        expect(await stateDigest(installation.system)).toEqual(atRest);
        expect(await changesOutside()).toEqual(before);
      },
      15 * MINUTE_MS,
    );
  });

  /** All calls to the simulated providers that are more than a look. */
  const changesOutside = async (): Promise<string[]> => {
    const { calls: atHetzner } = await installation.hetzner.read();
    const { calls: atGitLab } = await installation.gitlab.read();
    const looks = /^(list|get|read|show|verify)/;
    return [
      ...atHetzner.filter(({ method }) => method !== 'GET').map(({ operation }) => String(operation)),
      ...atGitLab.map(({ operation }) => operation).filter((operation) => !looks.test(operation)),
    ];
  };
};

const readBy = (service: string): string[] =>
  Object.values(topics)
    .filter(({ consumers }) => (consumers as readonly string[]).includes(service))
    .map(({ name }) => name);

/** Every message that was ever published, by a group of its own. */
async function wholeLog(bus: EventBus): Promise<BusMessage[]> {
  const seen: BusMessage[] = [];
  const handle = async (message: BusMessage) => void seen.push(message);
  const subscription = await bus.subscribe({ group: 'reader', topics: topicNames, handle });
  const behind = async () =>
    (await bus.operator.positions('reader', topicNames)).reduce((sum, one) => sum + lagOf(one), 0);
  await eventually(async () => expect(await behind()).toBe(0), PATIENT);
  await subscription.stop();
  return seen;
}

describeWithKafka('an installation whose broker dies', specs, 'own');
