import type { MigrationClass } from '@cleanroom/persistence';
import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { migrations as billing } from '@cleanroom/billing/migrations';
import { migrations as firewall } from '@cleanroom/firewall/migrations';
import { migrations as identity } from '@cleanroom/identity/migrations';
import { migrations as provisioning } from '@cleanroom/provisioning/migrations';
import { migrations as scheduling } from '@cleanroom/scheduling/migrations';
import { runbookStatements, type RunbookStatement } from './runbooks.js';

const migrationsOf: Record<string, readonly MigrationClass[]> = {
  provisioning,
  identity,
  firewall,
  scheduling,
  billing,
};

describe('the SQL of the runbooks', () => {
  const databases = new Map<string, ServiceDatabase>();

  beforeAll(async () => {
    for (const name of new Set(runbookStatements.map(({ database }) => database)))
      databases.set(name, await serviceDatabase({ name, migrations: migrationsOf[name] ?? [] }));
  });
  afterAll(async () => {
    for (const db of databases.values()) await db.close();
  });

  // Nobody's rows are needed to see whether tables, columns and rights are there.
  const run = ({ database, asAdministrator, sql }: RunbookStatement): Promise<unknown> | undefined => {
    const db = databases.get(database);
    return asAdministrator ? db?.asAdmin(sql) : db?.worker.query(sql);
  };

  it.each(runbookStatements)('runs where it says: $database, $sql', async (statement) => {
    await expect(run(statement)).resolves.toBeDefined();
  });
});
