import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { readLocalConfig, type LocalConfig } from './config.js';
import { portsFrom, type Ports } from './ports.js';
import type { InstallationState } from './state-folder.js';
import { StopWithMessage } from './stop-with-message.js';

/** What a program beside `npm start` knows of the installation that runs on this machine. */
export interface InstallationHere {
  readonly config: LocalConfig;
  readonly state: InstallationState;
  readonly ports: Ports;
  /** Where a service's database is, under one of its roles. */
  readonly databaseUrl: (service: string, role: 'owner' | 'app' | 'worker') => string;
}

const ANSWERS_WITHIN_MS = 5_000;

/**
 * The installation that `npm start` runs on this machine.
 *
 * @param otherwise how to name another one
 * @throws StopWithMessage where there is none, or where it does not run
 */
export async function installationHere(otherwise: string): Promise<InstallationHere> {
  const config = readLocalConfig();
  const file = join(config.stateFolder, 'installation.json');
  if (!existsSync(file)) {
    throw new StopWithMessage(
      `There is no installation in ${config.stateFolder}. Start one with npm start, or ${otherwise}.`,
    );
  }
  const state = JSON.parse(readFileSync(file, 'utf8')) as InstallationState;
  const ports = portsFrom(config.portBase);
  if (!(await answers(ports.postgres))) {
    throw new StopWithMessage(
      `The database of the installation in ${config.stateFolder} does not answer at 127.0.0.1:${ports.postgres}.\n` +
        `  npm start has to run meanwhile, with the same CLEANROOM_PORT_BASE; or ${otherwise}.`,
    );
  }
  const databaseUrl: InstallationHere['databaseUrl'] = (service, role) =>
    `postgres://${service}_${role}:${state.databasePasswords[role]}@127.0.0.1:${ports.postgres}/${service}`;
  return { config, state, ports, databaseUrl };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: ANSWERS_WITHIN_MS });
    const decide = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => decide(true));
    socket.once('timeout', () => decide(false));
    socket.once('error', () => decide(false));
  });
