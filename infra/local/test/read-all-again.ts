import type { EventBus } from '@cleanroom/messaging';
import { readCommand } from '../src/events/read-command.js';
import { runCommand } from '../src/events/run-command.js';
import { serviceNames } from '../src/service-names.js';
import { noBacklog, readBacklog } from './backlog.js';
import { eventually } from './eventually.js';
import type { TestInstallation } from './installation.js';
import type { RestartableProcesses } from './restartable-processes.js';
import { stateDigest } from './state-digest.js';

const PATIENT = { within: 180_000, every: 500 };
/** Fewer than any installation has that ever did a job. */
const LEAST_MESSAGES = 100;

/**
 * Sets every service back to the beginning of every topic, as an operator would, and lets it read all of it again.
 * Nothing may change by that: not at Hetzner, not at GitLab, and in no database.
 *
 * @param atRest the digest of all states, which changes no more by itself
 */
export async function readAllAgain(
  installation: TestInstallation,
  bus: EventBus,
  { services, atRest }: { services: RestartableProcesses; atRest: Record<string, string> },
): Promise<void> {
  const before = await changesOutside(installation);
  await services.stopServices();
  const again = await rewindAll(installation, bus);
  expect(again).toBeGreaterThan(LEAST_MESSAGES);
  expect((await readBacklog(installation, bus)).onTheBus).toBe(again);
  await services.startServices();
  await eventually(async () => expect(await readBacklog(installation, bus)).toEqual(noBacklog), PATIENT);
  expect(await stateDigest(installation.system)).toEqual(atRest);
  expect(await changesOutside(installation)).toEqual(before);
}

async function rewindAll({ system }: TestInstallation, bus: EventBus): Promise<number> {
  const { busUrl } = system.installation.databases;
  let again = 0;
  for (const group of serviceNames) {
    const words = ['rewind', '--group', group, '--yes'];
    const run = () => runCommand(readCommand(words), bus, { busUrl, databases: {} });
    // Who did not leave in time is a member for as long as its session lasts.
    const { text: said } = await eventually(run, PATIENT);
    again += Number(/reads up to (\d+) messages again/.exec(said)?.[1]);
  }
  return again;
}

/** All calls to the simulated providers that are more than a look. */
async function changesOutside({ hetzner, gitlab }: TestInstallation): Promise<string[]> {
  const { calls: atHetzner } = await hetzner.read();
  const { calls: atGitLab } = await gitlab.read();
  const looks = /^(list|get|read|show|verify)/;
  return [
    ...atHetzner.filter(({ method }) => method !== 'GET').map(({ operation }) => String(operation)),
    ...atGitLab.map(({ operation }) => operation).filter((operation) => !looks.test(operation)),
  ];
}
