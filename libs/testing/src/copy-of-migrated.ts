import { randomBytes } from 'node:crypto';
import type { MigrationClass, PreparedDatabase } from '@cleanroom/persistence';
import { migratedDatabase } from './migrated-database.js';
import { runOnce } from './run-once.js';

interface Original {
  readonly name: string;
  readonly prepared: PreparedDatabase;
}

/** One for each list of migrations, for as long as its PostgreSQL runs. */
const originals = new Map<readonly MigrationClass[], Promise<Original>>();

/** A database of this name that went through these migrations: a copy of the first, under that one's roles. */
export async function copyOfMigrated(
  adminUrl: string,
  name: string,
  migrations: readonly MigrationClass[],
): Promise<PreparedDatabase> {
  const known = originals.get(migrations) ?? original(adminUrl, migrations);
  originals.set(migrations, known);
  const { name: first, prepared } = await known;
  await runOnce(adminUrl, `CREATE DATABASE ${name} OWNER ${first}_owner TEMPLATE ${first}`);
  await runOnce(adminUrl, `REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await runOnce(adminUrl, `GRANT CONNECT ON DATABASE ${name} TO ${first}_app, ${first}_worker`);
  const ofCopy = (url: string) => new URL(`/${name}`, url).href;
  return {
    ownerUrl: ofCopy(prepared.ownerUrl),
    appUrl: ofCopy(prepared.appUrl),
    workerUrl: ofCopy(prepared.workerUrl),
  };
}

async function original(adminUrl: string, migrations: readonly MigrationClass[]): Promise<Original> {
  const name = `original_${randomBytes(5).toString('hex')}`;
  return { name, prepared: await migratedDatabase(adminUrl, name, migrations) };
}
