import { randomBytes } from 'node:crypto';
import {
  openDatabase,
  type Database,
  type DatabaseOptions,
  type MigrationClass,
  type PreparedDatabase,
} from '@cleanroom/persistence';
import { copyOfMigrated } from './copy-of-migrated.js';
import { dropDatabase } from './drop-database.js';
import { migratedDatabase } from './migrated-database.js';
import { onlooker } from './onlooker.js';
import { startPostgres } from './start-postgres.js';

export interface ServiceDatabaseOptions {
  /** Name of the service: the beginning of the database's name, and the connections' application name. */
  readonly name: string;
  readonly migrations: readonly MigrationClass[];
  readonly entities?: DatabaseOptions['entities'];
  readonly poolSize?: number;
  /**
   * Copies a database that went through the same migrations before, which takes a fifth of the time; all copies then
   * share its roles, which bear its name. Not for who runs more migrations in it or looks at its roles. @default false
   */
  readonly isCopy?: boolean;
}

/** A service's database, fresh and migrated, with the addresses of its three roles. */
export interface ServiceDatabase extends Database, PreparedDatabase {
  /** The superuser's address to this database, for looking behind row-level security. */
  readonly adminUrl: string;
  /** Runs a statement as superuser, past row-level security: for preparing what no role of the service may do. */
  asAdmin(sql: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>;
}

/** Creates a fresh database with its roles in the worker's PostgreSQL and runs the migrations; `close()` it at the end. */
export async function serviceDatabase(options: ServiceDatabaseOptions): Promise<ServiceDatabase> {
  const { name, entities = [], poolSize, isCopy = false } = options;
  const { adminUrl } = await startPostgres();
  const database = `${name}_${randomBytes(5).toString('hex')}`;
  const prepared = await (isCopy ? copyOfMigrated : migratedDatabase)(adminUrl, database, options.migrations);
  const opened = await openDatabase({
    url: prepared.appUrl,
    workerUrl: prepared.workerUrl,
    entities,
    applicationName: name,
    poolSize,
  });
  const ownAdminUrl = adminUrl.replace(/\/postgres$/, `/${database}`);
  const admin = onlooker(ownAdminUrl);
  return {
    ...opened,
    ...prepared,
    close: async () => {
      await Promise.all([opened.close(), admin.close()]);
      await dropDatabase(adminUrl, database);
    },
    adminUrl: ownAdminUrl,
    asAdmin: admin.ask,
  };
}
