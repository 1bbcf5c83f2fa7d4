import { openBus } from '@cleanroom/messaging';
import { startKafkaBroker, type KafkaBroker } from '@cleanroom/testing';
import { serviceNames } from '../../src/service-names.js';
import { noBacklog, readBacklog } from '../backlog.js';
import { comeToRest } from '../come-to-rest.js';
import { eventually } from '../eventually.js';
import { startTestInstallation } from '../installation.js';
import { metersEqualTheLedger, nothingIsOrphaned, nothingWasDouble } from '../invariants.js';
import { readAllAgain } from '../read-all-again.js';
import { restartableProcesses } from '../restartable-processes.js';
import type { Weather } from './forecast.js';
import { jobsAreDone } from './jobs-are-done.js';
import { liveThrough, type Exposed } from './live-through.js';

const HOUR_MS = 3_600_000;
/** Half an hour before a month ends, so that a weather that is over by then is followed by a jump over its end. */
const BEFORE_MONTHS_END_MS = HOUR_MS;
const JUMP_MS = 2 * HOUR_MS;

/** Gives a weather an installation of its own, and fails where it was not withstood. */
export async function withstand(weather: Weather): Promise<void> {
  const broker = weather.onKafka ? await startKafkaBroker() : undefined;
  try {
    await withstandOver(weather, broker);
  } finally {
    await broker?.stop();
  }
}

async function withstandOver(weather: Weather, broker: KafkaBroker | undefined): Promise<void> {
  const processes = restartableProcesses();
  const installation = await startTestInstallation({
    speed: 60,
    start: processes.start,
    beginsAt: new Date(nextMonth().getTime() - BEFORE_MONTHS_END_MS),
    extra: unruly(weather.seed),
    ...(broker && { bus: 'kafka', kafkaBrokers: [broker.address] }),
  });
  const bus = await openBus(installation.system.installation.databases.busUrl, { clientId: 'weather' });
  try {
    const exposed = { installation, processes, bus, broker };
    await withstandOnce(exposed, weather);
    if (weather.clockJumps) {
      await installation.startLater(JUMP_MS);
      await withstandOnce(exposed, weather);
    }
    if (weather.rewinds) {
      const atRest = await comeToRest(installation, bus);
      await readAllAgain(installation, bus, { services: processes, atRest });
    }
  } finally {
    await bus.close();
    await installation.stop();
  }
}

async function withstandOnce(exposed: Exposed, weather: Weather): Promise<void> {
  const { installation, bus } = exposed;
  const jobIds = await liveThrough(exposed, weather);
  await jobsAreDone(installation, jobIds, weather);
  await nothingWasDouble(installation);
  await nothingIsOrphaned(installation);
  await metersEqualTheLedger(installation);
  await eventually(async () => expect(await readBacklog(installation, bus)).toEqual(noBacklog));
}

/** A fifth of all events come late, overtaken by up to fifty, and a fifth twice. */
const unruly = (seed: number): Record<string, Record<string, string>> =>
  Object.fromEntries(serviceNames.map((name, n) => [name, { CLEANROOM_UNRULY_BUS: String(seed + n) }]));

const nextMonth = (): Date => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
};
