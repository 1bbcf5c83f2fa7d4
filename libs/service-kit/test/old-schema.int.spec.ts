import { messagingMigrations } from '@cleanroom/messaging';
import { runMigrations } from '@cleanroom/persistence';
import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { refuseOldSchema } from '../src/schema-too-old.js';

describe('a service whose database', () => {
  let db: ServiceDatabase;

  afterEach(() => db.close());

  it('lacks what its version needs does not start, and says what to run', async () => {
    db = await serviceDatabase({ name: 'billing', migrations: messagingMigrations.slice(0, -1) });
    await expect(refuseOldSchema('billing', db, messagingMigrations)).rejects.toThrow(
      'the database of billing lacks AskForReplay1790000000003: run services/billing/dist/migrate.mjs first',
    );
    await runMigrations({ ownerUrl: db.ownerUrl, migrations: messagingMigrations });
    await expect(refuseOldSchema('billing', db, messagingMigrations)).resolves.toBeUndefined();
  });

  it('was never migrated does not start', async () => {
    db = await serviceDatabase({ name: 'billing', migrations: [] });
    await db.asAdmin('DROP TABLE migration');
    await expect(refuseOldSchema('billing', db, messagingMigrations)).rejects.toThrow(
      'lacks CreateMessaging1790000000000',
    );
  });

  it('is newer than its version starts: the next version was migrated for while this one serves', async () => {
    db = await serviceDatabase({ name: 'billing', migrations: messagingMigrations });
    await expect(refuseOldSchema('billing', db, messagingMigrations.slice(0, 1))).resolves.toBeUndefined();
  });
});
