import type { ServiceName } from '@cleanroom/contracts';
import { missingMigrations, type Database, type MigrationClass } from '@cleanroom/persistence';

/** The database lacks what this version of a service needs. */
export class SchemaTooOld extends Error {
  override readonly name = 'SchemaTooOld';

  constructor(service: ServiceName, missing: readonly string[]) {
    super(
      `the database of ${service} lacks ${missing.join(', ')}: run services/${service}/dist/migrate.mjs first`,
    );
  }
}

/** @throws SchemaTooOld */
export async function refuseOldSchema(
  service: ServiceName,
  db: Database,
  migrations: readonly MigrationClass[],
): Promise<void> {
  const missing = await missingMigrations(db, migrations);
  if (missing.length > 0) throw new SchemaTooOld(service, missing);
}
