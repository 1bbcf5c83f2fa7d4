import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SavedClock } from './clock-file.js';
import { environmentOfIdentity, workspaceRoot } from './config.js';
import { installationHere } from './installation-here.js';
import { serviceEnvironment } from './processes.js';
import { serviceNames } from './service-names.js';
import type { ServiceDatabases } from './databases.js';
import { StopWithMessage } from './stop-with-message.js';

// Makes an organisation in the installation that the environment names, or else in that on this machine.
const args = process.argv.slice(2);
try {
  const env = environmentOfIdentity() ?? (args.includes('--help') ? {} : await environmentHere());
  const program = join(workspaceRoot, 'services/identity/dist/organization.mjs');
  process.exitCode = spawnSync(process.execPath, [program, ...args], { stdio: 'inherit', env }).status ?? 1;
} catch (error) {
  if (!(error instanceof StopWithMessage)) throw error;
  process.stderr.write(`\n  ${error.message}\n\n`);
  process.exitCode = 1;
}

/** What the identity service of the installation on this machine is told. */
async function environmentHere(): Promise<Record<string, string>> {
  const { config, state, ports, databaseUrl } = await installationHere(
    "set the identity service's environment",
  );
  const services = Object.fromEntries(
    serviceNames.map((name) => [
      name,
      { appUrl: databaseUrl(name, 'app'), workerUrl: databaseUrl(name, 'worker') },
    ]),
  ) as ServiceDatabases['services'];
  const databases = { services, busUrl: databaseUrl('bus', 'owner') };
  return {
    ...config.inherited,
    CLEANROOM_CLOCK: clockOf(join(config.stateFolder, 'clock.json')),
    CLEANROOM_PORT: '0',
    ...serviceEnvironment({ folder: { state }, ports, databases }, 'identity'),
  };
}

/** The virtual clock of what runs. */
function clockOf(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as SavedClock).clock;
}
