import {
  prepareDatabase,
  runMigrations,
  type MigrationClass,
  type PreparedDatabase,
} from '@cleanroom/persistence';

/** A fresh database of this name, with roles of its own, that went through these migrations. */
export async function migratedDatabase(
  adminUrl: string,
  name: string,
  migrations: readonly MigrationClass[],
): Promise<PreparedDatabase> {
  const passwords = { owner: 'owner', app: 'app', worker: 'worker' };
  const prepared = await prepareDatabase({ adminUrl, name, passwords });
  await runMigrations({ ownerUrl: prepared.ownerUrl, migrations });
  return prepared;
}
