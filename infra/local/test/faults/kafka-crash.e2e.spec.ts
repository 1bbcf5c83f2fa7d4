import { topics } from '@cleanroom/contracts';
import { lagOf, openBus, type BusMessage, type EventBus } from '@cleanroom/messaging';
import { describeWithKafka, startKafkaBroker, type KafkaBroker } from '@cleanroom/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames } from '../../src/service-names.js';
import { noBacklog, readBacklog } from '../backlog.js';
import { comeToRest } from '../come-to-rest.js';
import { eventually } from '../eventually.js';
import { readFleet, type RunnerFacts } from '../fleet.js';
import { forgeEvents } from '../forge-events.js';
import { inOutboxes } from '../in-outboxes.js';
import { startTestInstallation, type TestInstallation } from '../installation.js';
import { metersEqualTheLedger, noJobIsLost, nothingIsOrphaned, nothingWasDouble } from '../invariants.js';
import { readAllAgain } from '../read-all-again.js';
import { restartableProcesses } from '../restartable-processes.js';
import { stateDigest } from '../state-digest.js';

const MINUTE_MS = 60_000;
const AWAY_MS = MINUTE_MS;
/** Nothing takes so long, however busy the computer is. */
const PATIENT = { within: 3 * MINUTE_MS, every: 500 };
/** Far from midnight, when months end. */
const MORNING = '09:00';
const topicNames = Object.values(topics).map(({ name }) => name);
const unruly = Object.fromEntries(
  serviceNames.map((name, seed) => [name, { CLEANROOM_UNRULY_BUS: String(seed) }]),
);

const specs = (): void => {
  const services = restartableProcesses();
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
      expect(await inOutboxes(installation.system)).toBeGreaterThan(0);
      await sleep(AWAY_MS - (performance.now() - left));
      await broker.restart();
      await eventually(async () => expect(await inOutboxes(installation.system)).toBe(0), PATIENT);
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
      atRest = await comeToRest(installation, bus);
    }, 15 * MINUTE_MS);

    it(
      'changes nothing because of forged events',
      async () => {
        const forged = forgeEvents(await wholeLog(bus));
        expect(forged.length).toBeGreaterThan(topicNames.length);
        await bus.publish(forged);
        // Some are retried for a quarter of a minute before they are given up, those of one key one after the other.
        await eventually(
          async () => expect(await readBacklog(installation, bus)).toEqual(noBacklog),
          PATIENT,
        );
        expect(await stateDigest(installation.system)).toEqual(atRest);
      },
      6 * MINUTE_MS,
    );

    it(
      'changes nothing at Hetzner, at GitLab or in a database when every topic is read again',
      () => readAllAgain(installation, bus, { services, atRest }),
      15 * MINUTE_MS,
    );
  });
};

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
