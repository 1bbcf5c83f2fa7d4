import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePortBlock, throwAwayPlace } from '@cleanroom/testing';
import { readLocalConfig } from '../src/config.js';
import { setUpDemo, type Demo } from '../src/demo.js';
import { graphqlClient, type AskGraphql } from '../src/graphql-client.js';
import { startSystem, type System } from '../src/system.js';
import type { SystemOptions } from '../src/system-options.js';
import { gitlabLedger, type GitLabLedger } from './gitlab-ledger.js';
import { hetznerLedger, type HetznerLedger } from './hetzner-ledger.js';

/** A whole installation of its own, with throw-away state, judged by the simulators' ledgers. */
export interface TestInstallation {
  readonly system: System;
  readonly demo: Demo;
  /** Asks as the demo's OWNER. */
  readonly ask: AskGraphql;
  askAs(token: string): AskGraphql;
  readonly hetzner: HetznerLedger;
  readonly gitlab: GitLabLedger;
  stop(): Promise<void>;
}

export type TestInstallationOptions = Partial<
  Pick<SystemOptions, 'speed' | 'extra' | 'start' | 'onExit' | 'latency' | 'bus'>
> & {
  otlpEndpoint?: string;
  logLevel?: string;
  /** A cluster to use instead of a broker of its own, where the bus is Kafka. */
  kafkaBrokers?: string[];
  /** Where the virtual clock begins: at this time of tomorrow's day, `12:00`, in UTC. @default now */
  timeOfDay?: string;
};

/**
 * Starts an installation with the demo's organisation and pool, at 30 times real speed unless told otherwise. Processes
 * that a test stops or kills leave the others running.
 */
export async function startTestInstallation(
  options: TestInstallationOptions = {},
): Promise<TestInstallation> {
  const { speed = 30, otlpEndpoint, logLevel, timeOfDay, kafkaBrokers, ...rest } = options;
  const stateFolder = throwAwayFolder();
  if (timeOfDay) beginTomorrow(stateFolder, timeOfDay);
  const config = { ...readLocalConfig(), portBase: await freePortBlock(), stateFolder };
  if (otlpEndpoint) config.otlpEndpoint = otlpEndpoint;
  if (logLevel) config.logLevel = logLevel;
  if (kafkaBrokers) config.kafkaBrokers = kafkaBrokers;
  const removeFolder = () => rmSync(stateFolder, { recursive: true, force: true });
  const system = await startSystem({ latency: 'fast', onExit: 'leave', ...rest, config, speed }).catch(
    (error: unknown) => {
      removeFolder();
      throw error;
    },
  );
  const stop = async () => {
    await system.stop();
    removeFolder();
  };
  try {
    const { demo } = await setUpDemo(system);
    const askAs = (token: string) => graphqlClient(demo.graphqlUrl, token);
    const { hetznerUrl, gitlabUrl, apiToken } = demo;
    return {
      system,
      demo,
      ask: askAs(apiToken),
      askAs,
      hetzner: hetznerLedger(hetznerUrl.replace(/\/v1$/, '')),
      gitlab: gitlabLedger(gitlabUrl),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Leaves a clock in the folder as an earlier start would have left it. */
function beginTomorrow(stateFolder: string, timeOfDay: string): void {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const lastVirtualMs = Date.parse(`${tomorrow}T${timeOfDay}:00Z`);
  writeFileSync(join(stateFolder, 'clock.json'), JSON.stringify({ lastVirtualMs }));
}

/** PostgreSQL does not run as root: its own user must be able to enter the folder. */
export function throwAwayFolder(): string {
  const folder = mkdtempSync(join(throwAwayPlace(), 'cleanroom-e2e-'));
  chmodSync(folder, 0o755);
  return folder;
}
