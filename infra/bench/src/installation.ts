import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  graphqlClient,
  readLocalConfig,
  setUpDemo,
  startChild,
  startSystem,
  type AskGraphql,
  type Child,
  type ChildPlan,
  type Demo,
  type System,
} from '@cleanroom/local';
import { throwAwayPlace } from '@cleanroom/testing';
import { Simulators } from './simulators.js';

/** Distance between two installations. */
const PORTS = 40;

export interface InstallationOptions {
  /** Virtual seconds per real second. */
  readonly speed: number;
  /** Servers and addresses that Hetzner allows. */
  readonly servers: number;
  readonly latency: 'realistic' | 'fast';
}

/** All processes of `npm start` with throw-away state, playing no jobs. */
export interface Installation {
  readonly system: System;
  readonly demo: Demo;
  readonly simulators: Simulators;
  /** Asks as the OWNER. */
  readonly ask: AskGraphql;
  /** Real milliseconds until the demo's organisation and pool were there. */
  readonly readyAfter: number;
  /** Real milliseconds from the start of each process until it could do its work. */
  readonly startTimes: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/** Starts a whole installation in a folder that is gone afterwards. */
export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const { speed, servers, latency } = options;
  const stateFolder = mkdtempSync(join(throwAwayPlace(), 'cleanroom-bench-'));
  // PostgreSQL does not run as root: its own user must be able to enter.
  chmodSync(stateFolder, 0o755);
  const config = { ...readLocalConfig(), portBase: portBase(), stateFolder, logLevel: 'warn' };
  const CLEANROOM_SIMULATOR_LIMITS = JSON.stringify({ servers, primaryIps: servers });
  const extra = { hetzner: { CLEANROOM_SIMULATOR_LIMITS } };
  const began = performance.now();
  const removeFolder = (): void => rmSync(stateFolder, { recursive: true, force: true });
  // Its processes end by themselves when this one is gone.
  process.once('exit', removeFolder);
  const startTimes = new Map<string, number>();
  const start = (plan: ChildPlan) => timed(startChild(plan), startTimes);
  const system = await startSystem({ config, speed, latency, extra, start }).catch((error: unknown) => {
    removeFolder();
    throw error;
  });
  const stop = async (): Promise<void> => {
    await system.stop();
    removeFolder();
  };
  try {
    const { demo } = await setUpDemo(system);
    const readyAfter = performance.now() - began;
    const ask = graphqlClient(demo.graphqlUrl, demo.apiToken);
    return { system, demo, ask, readyAfter, startTimes, stop, simulators: new Simulators(demo) };
  } catch (error) {
    await stop();
    throw error;
  }
}

function timed(child: Child, times: Map<string, number>): Child {
  const began = performance.now();
  return {
    ...child,
    ready: async (withinMs) => {
      await child.ready(withinMs);
      times.set(child.name, performance.now() - began);
    },
  };
}

/** Below the ports that the system gives away by itself; the launcher refuses where one is taken. */
const portBase = (): number => 10_000 + (process.pid % 500) * PORTS;
