import { stopOrphanedBroker } from '@cleanroom/kafka-broker';
import type { Clock } from '@cleanroom/kernel';
import { brokenState } from './broken-state.js';
import { startChild, type Child, type ChildPlan } from './child.js';
import { ClockFile } from './clock-file.js';
import { workspaceRoot } from './config.js';
import { databaseFolder } from './database-folder.js';
import { prepareDatabases, type ServiceDatabases } from './databases.js';
import { kafkaPlan, kafkaUrl } from './kafka-plan.js';
import { stopOrphanedPostgres } from './orphaned-postgres.js';
import { portsFrom, type Ports } from './ports.js';
import { postgresPlan } from './postgres-plan.js';
import { gatewayPlan, servicePlans, simulatorPlans, type Installation } from './processes.js';
import { restartedChild } from './restarted-child.js';
import { refuseTakenPorts } from './refuse-taken-ports.js';
import { settleState } from './settle-state.js';
import { StateFolder } from './state-folder.js';
import type { OnExit, SystemOptions } from './system-options.js';

/** Twenty times as long as it takes on a computer that does nothing else. */
const READY_WITHIN_MS = 120_000;
/** A process that has not stopped by then is killed: all of it within the 10 seconds that are promised. */
const GRACE_MS = 7_000;
const STORE_GRACE_MS = 2_000;

/** A whole installation on this machine. */
export interface System {
  readonly installation: Installation;
  readonly ports: Ports;
  readonly folder: StateFolder;
  readonly clock: Clock;
  readonly children: readonly Child[];
  /** Resolves with a sentence when any process ends by itself and the others are stopped for it. */
  readonly broken: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts everything, in the order in which one needs the other.
 *
 * @throws StopWithMessage when a port is taken or the state folder is broken; whatever was started is stopped again.
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { config, speed, reset = false, onExit = 'stop' } = options;
  const start = starterOf(options);
  const { portBase, stateFolder } = config;
  const ports = portsFrom(portBase);
  const folder = await StateFolder.open(stateFolder, { reset, portBase });
  const children: Child[] = [];
  const { clockFile, stop } = await opened(folder, async () => {
    settleState(folder, options);
    await refuseTakenPorts(ports, folder, options);
    const clock = new ClockFile(folder.file('clock.json'), speed);
    return { clockFile: clock, stop: once(() => stopAll(children, folder, clock)) };
  });
  const step = stepper(options);
  try {
    const databases = await startStores(options, {
      folder,
      ports,
      step,
      run: (plan) => launch(children, [plan], start),
    });
    const installation = installationOf(options, { folder, ports, clock: clockFile.setting, databases });
    await step('Simulators of Hetzner and GitLab', () =>
      launch(children, simulatorPlans(installation), start),
    );
    await step('Services', () => launch(children, servicePlans(installation), start));
    await step('Gateway', () => launch(children, [gatewayPlan(installation)], start));
    const broken = watch(children, onExit);
    void broken.then(stop);
    return { installation, ports, folder, clock: clockFile.clock, children, broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** How processes are started, and started again where that is wanted. */
const starterOf =
  ({ onExit, start = startChild }: SystemOptions) =>
  (plan: ChildPlan): Child =>
    onExit === 'restart' ? restartedChild(plan, start) : start(plan);

interface Starting {
  folder: StateFolder;
  ports: Ports;
  step: <T>(title: string, work: () => Promise<T>) => Promise<T>;
  run: (plan: ChildPlan) => Promise<void>;
}

/** The database, and the broker where one is wanted that is not there yet. */
async function startStores(
  { config, bus }: SystemOptions,
  { folder, ports, step, run }: Starting,
): Promise<ServiceDatabases> {
  await step('PostgreSQL', () => unlessBroken(folder, () => run(postgresPlan(config, folder, ports))));
  const databases = await step('Databases', () =>
    unlessBroken(folder, () => prepareDatabases(ports.postgres, folder.state)),
  );
  if (bus !== 'kafka') return databases;
  if (config.kafkaBrokers.length === 0)
    await step('Apache Kafka', async () => run(await kafkaPlan(config, folder, ports)));
  return { ...databases, busUrl: kafkaUrl(config, folder, ports) };
}

/** Resolves with a sentence when the first of them ends, where the others are to be stopped then. */
const watch = (children: readonly Child[], onExit: OnExit): Promise<string> =>
  onExit === 'stop'
    ? Promise.race(children.map(({ name, ended }) => ended.then((how) => `${name} ${how}`)))
    : new Promise(() => undefined);

/** What fails while the database is started lies in the folder, as far as a person can tell. */
const unlessBroken = <T>({ path }: StateFolder, work: () => Promise<T>): Promise<T> =>
  work().catch((error: unknown) => {
    throw brokenState(path, error instanceof Error ? error.message : String(error));
  });

/** Gives the folder back where it turns out that nothing can be started on it. */
async function opened<T>(folder: StateFolder, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    folder.release();
    throw error;
  }
}

const installationOf = (
  { config, latency = 'realistic', extra = {} }: SystemOptions,
  parts: Pick<Installation, 'folder' | 'ports' | 'clock' | 'databases'>,
): Installation => ({
  ...parts,
  root: workspaceRoot,
  logLevel: config.logLevel,
  otlpEndpoint: config.otlpEndpoint,
  inherited: config.inherited,
  latency,
  extra,
});

async function launch(
  children: Child[],
  plans: ChildPlan[],
  start: (plan: ChildPlan) => Child,
): Promise<void> {
  const started = plans.map(start);
  children.push(...started);
  await Promise.all(started.map((child) => child.ready(READY_WITHIN_MS)));
}

const ofStores = ['postgres', 'kafka'];

/** Database and broker last: the others still write to them while they finish what is in hand. */
async function stopAll(children: Child[], folder: StateFolder, clockFile: ClockFile): Promise<void> {
  const [stores, others] = [true, false].map((isStore) =>
    children.filter(({ name }) => ofStores.includes(name) === isStore),
  );
  try {
    await Promise.all(others?.map((child) => child.stop(GRACE_MS)) ?? []);
    await Promise.all(stores?.map((child) => child.stop(STORE_GRACE_MS)) ?? []);
    // Their keepers may have been killed before them.
    await stopOrphanedPostgres(databaseFolder(folder.path));
    await stopOrphanedBroker(folder.file('kafka'));
  } finally {
    clockFile.stop();
    folder.release();
  }
}

const once = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
};

const stepper =
  ({ onStep, givenUp }: SystemOptions) =>
  async <T>(title: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await Promise.race([work(), ...(givenUp ? [givenUp] : [])]);
    onStep?.(title, performance.now() - started);
    return result;
  };
