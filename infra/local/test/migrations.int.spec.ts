import { runMigrations, type MigrationClass } from '@cleanroom/persistence';
import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { migrations as billing } from '@cleanroom/billing/migrations';
import { migrations as firewall } from '@cleanroom/firewall/migrations';
import { migrations as identity } from '@cleanroom/identity/migrations';
import { migrations as provisioning } from '@cleanroom/provisioning/migrations';
import { migrations as scheduling } from '@cleanroom/scheduling/migrations';
import { anyRow, type AnyRow } from './any-row.js';

/**
 * The first migration after which each schema must go on serving the version that was written for it. What came before
 * contracted tables that nobody had yet.
 */
const services: [string, readonly MigrationClass[], string][] = [
  ['provisioning', provisioning, 'Provisioning202611230900'],
  ['identity', identity, 'ComputedCredentials202611301540'],
  ['firewall', firewall, 'Firewall202611230900'],
  ['scheduling', scheduling, 'FirstTables202611230900'],
  ['billing', billing, 'Billing202611230900'],
];

/** Every version of a service, as the migrations that it knows. */
const versions = services.flatMap(([name, migrations, first]) => {
  const from = migrations.findIndex((migration) => migration.name === first);
  return migrations
    .slice(from, -1)
    .map((last, n) => ({ name, last: last.name, known: migrations.slice(0, from + n + 1), migrations }));
});

describe('a database with data', () => {
  let db: ServiceDatabase;
  afterEach(() => db.close());

  const tables = async (): Promise<string[]> =>
    (
      await db.asAdmin(
        `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration' ORDER BY 1`,
      )
    ).map(({ tablename }) => String(tablename));

  const write = ({ table, columns, values }: AnyRow) =>
    // Whatever else the row would have to refer to is not what is tried here.
    db.asAdmin(
      `WITH free AS (SELECT set_config('session_replication_role', 'replica', true))
       INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM free`,
    );

  it.each(versions)(
    'of $name as of $last keeps it through all that follows, and takes what that version writes and reads',
    async ({ name, known, migrations }) => {
      db = await serviceDatabase({ name, migrations: known });
      const old = await tables();
      const rows = await Promise.all(old.map((table) => anyRow(db, table, 1)));
      const later = await Promise.all(old.map((table) => anyRow(db, table, 2)));
      for (const row of rows) await write(row);
      const before = await Promise.all(rows.map((row) => read(row)));
      await runMigrations({ ownerUrl: db.ownerUrl, migrations });
      expect(await Promise.all(rows.map((row) => read(row)))).toEqual(before);
      for (const row of later) await write(row);
    },
  );

  const read = ({ table, columns }: AnyRow) => db.asAdmin(`SELECT ${columns.join(', ')} FROM ${table}`);
});
