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
  /** Stops everything and starts it again with a clock that shows so many milliseconds more, as nothing else can jump. */
  startLater(milliseconds: number): Promise<void>;
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
  /** Where the virtual clock begins, if not in the past. @default now */
  beginsAt?: Date;
};

/**
 * Starts an installation with the demo's organisation and pool, at 30 times real speed unless told otherwise. Processes
 * that a test stops or kills leave the others running.
 */
export async function startTestInstallation(
  options: TestInstallationOptions = {},
): Promise<TestInstallation> {
  const { speed = 30, otlpEndpoint, logLevel, kafkaBrokers, ...rest } = options;
  const stateFolder = throwAwayFolder();
  const beginsAt = beginningOf(options);
  if (beginsAt) setClock(stateFolder, beginsAt.getTime());
  const config = { ...readLocalConfig(), portBase: await freePortBlock(), stateFolder };
  if (otlpEndpoint) config.otlpEndpoint = otlpEndpoint;
  if (logLevel) config.logLevel = logLevel;
  if (kafkaBrokers) config.kafkaBrokers = kafkaBrokers;
  const removeFolder = () => rmSync(stateFolder, { recursive: true, force: true });
  const begin = () => startSystem({ latency: 'fast', onExit: 'leave', ...rest, config, speed });
  let system = await begin().catch((error: unknown) => {
    removeFolder();
    throw error;
  });
  const startLater = async (milliseconds: number) => {
    await system.stop();
    setClock(stateFolder, system.clock.now().getTime() + milliseconds);
    system = await begin();
  };
  const stop = async () => {
    await system.stop();
    removeFolder();
  };
  try {
    const { demo } = await setUpDemo(system);
    const askAs = (token: string) => graphqlClient(demo.graphqlUrl, token);
    const { hetznerUrl, gitlabUrl, apiToken } = demo;
    return {
      get system() {
        return system;
      },
      demo,
      ask: askAs(apiToken),
      askAs,
      hetzner: hetznerLedger(hetznerUrl.replace(/\/v1$/, '')),
      gitlab: gitlabLedger(gitlabUrl),
      startLater,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function beginningOf({ timeOfDay, beginsAt }: TestInstallationOptions): Date | undefined {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  return timeOfDay ? new Date(`${tomorrow}T${timeOfDay}:00Z`) : beginsAt;
}

/** Leaves a clock in the folder as an earlier start would have left it. */
const setClock = (stateFolder: string, lastVirtualMs: number): void =>
  writeFileSync(join(stateFolder, 'clock.json'), JSON.stringify({ lastVirtualMs }));

/** PostgreSQL does not run as root: its own user must be able to enter the folder. */
export function throwAwayFolder(): string {
  const folder = mkdtempSync(join(throwAwayPlace(), 'cleanroom-e2e-'));
  chmodSync(folder, 0o755);
  return folder;
}
