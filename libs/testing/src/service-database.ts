import { randomBytes } from 'node:crypto';
import {
  openDatabase,
  prepareDatabase,
  runMigrations,
  type Database,
  type DatabaseOptions,
  type MigrationClass,
  type PreparedDatabase,
} from '@cleanroom/persistence';
import { dropDatabase } from './drop-database.js';
import { onlooker } from './onlooker.js';
import { startPostgres } from './start-postgres.js';

export interface ServiceDatabaseOptions {
  /** Name of the service: the beginning of the database's name, and the connections' application name. */
  readonly name: string;
  readonly migrations: readonly MigrationClass[];
  readonly entities?: DatabaseOptions['entities'];
  readonly poolSize?: number;
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
  const { name, migrations, entities = [], poolSize } = options;
  const { adminUrl } = await startPostgres();
  const database = `${name}_${randomBytes(5).toString('hex')}`;
  const prepared = await prepareDatabase({
    adminUrl,
    name: database,
    passwords: { owner: 'owner', app: 'app', worker: 'worker' },
  });
  await runMigrations({ ownerUrl: prepared.ownerUrl, migrations });
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
