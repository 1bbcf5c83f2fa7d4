import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventBus } from '@cleanroom/messaging';
import type { KafkaBroker } from '@cleanroom/testing';
import { databaseFolder } from '../../src/database-folder.js';
import { postmasterOf } from '../../src/orphaned-postgres.js';
import type { TestInstallation } from '../installation.js';
import type { RestartableProcesses } from '../restartable-processes.js';
import { WEATHER_MS, type Strike, type Weather } from './forecast.js';

/** What a weather strikes. */
export interface Exposed {
  readonly installation: TestInstallation;
  readonly processes: RestartableProcesses;
  readonly bus: EventBus;
  /** Where the events go over Apache Kafka. */
  readonly broker: KafkaBroker | undefined;
}

/** Lets a weather happen to an installation, from its first fault to the last process that is ready again. Returns the jobs. */
export async function liveThrough(exposed: Exposed, weather: Weather): Promise<number[]> {
  const { hetzner, gitlab } = exposed.installation;
  for (const next of weather.machines) await hetzner.call('POST', 'machines', { next, times: 1 });
  for (const fault of weather.hetzner) await hetzner.injectFault(fault);
  for (const fault of weather.gitlab) await gitlab.injectFault(fault);
  const jobIds: number[] = [];
  const restarts: Promise<void>[] = [];
  const began = performance.now();
  const until = (afterMs: number) => sleep(Math.max(0, began + afterMs - performance.now()));
  for (const one of weather.strikes) {
    await until(one.afterMs);
    if (one.what === 'job') jobIds.push(...(await gitlab.queueJobs({ seconds: one.seconds })));
    else restarts.push(strike(exposed, one));
  }
  await until(WEATHER_MS);
  await Promise.all(restarts);
  await hetzner.removeFaults();
  await gitlab.removeFaults();
  return jobIds;
}

/** Resolves when the process that was killed, if one was, is ready again. */
async function strike(
  { installation, processes, bus, broker }: Exposed,
  one: Exclude<Strike, { what: 'job' }>,
): Promise<void> {
  switch (one.what) {
    case 'kill':
      return processes.kill(one.process);
    case 'kill-database':
      return processes.kill('postgres', () => ({
        pid: postmasterOf(databaseFolder(installation.system.folder.path)),
        awayMs: one.awayMs,
      }));
    case 'kill-broker':
      await broker?.kill();
      await sleep(one.awayMs);
      return broker?.restart();
    case 'poison':
      // Its own key: what comes after a parked message of the same key is parked behind it. No bus, no poison.
      return bus.publish([poison(one)]).catch(() => undefined);
  }
}

const poison = ({ topic, bytes }: Extract<Strike, { what: 'poison' }>) => ({
  topic,
  key: `poison-${randomUUID()}`,
  headers: { 'ce-id': randomUUID(), 'ce-type': 'nul\0' },
  payload: bytes,
});
