import { prepareDatabase, runMigrations } from '@cleanroom/persistence';
import { migrations as billing } from '@cleanroom/billing/migrations';
import { migrations as firewall } from '@cleanroom/firewall/migrations';
import { migrations as identity } from '@cleanroom/identity/migrations';
import { migrations as provisioning } from '@cleanroom/provisioning/migrations';
import { migrations as scheduling } from '@cleanroom/scheduling/migrations';
import type { InstallationState } from './state-folder.js';
import type { ServiceProcess } from './service-names.js';

/** Where each service finds its own database, under which role. */
export interface ServiceDatabases {
  services: Record<ServiceProcess, { appUrl: string; workerUrl: string }>;
  busUrl: string;
}

const migrationsOf = { provisioning, identity, firewall, scheduling, billing };

/** Creates the databases and roles that are missing and migrates them all. Safe to repeat. */
export async function prepareDatabases(port: number, state: InstallationState): Promise<ServiceDatabases> {
  const { admin, ...passwords } = state.databasePasswords;
  const adminUrl = `postgres://postgres:${admin}@127.0.0.1:${port}/postgres`;
  const bus = await prepareDatabase({ adminUrl, name: 'bus', passwords });
  const services = {} as ServiceDatabases['services'];
  for (const [name, migrations] of Object.entries(migrationsOf)) {
    const { ownerUrl, appUrl, workerUrl } = await prepareDatabase({ adminUrl, name, passwords });
    await runMigrations({ ownerUrl, migrations });
    services[name as ServiceProcess] = { appUrl, workerUrl };
  }
  return { services, busUrl: bus.ownerUrl };
}
