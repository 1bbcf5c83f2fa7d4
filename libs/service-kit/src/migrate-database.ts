import type { ServiceName } from '@cleanroom/contracts';
import { runMigrations, type MigrationClass } from '@cleanroom/persistence';
import { z } from 'zod';
import { createLogger } from './logger.js';

/** What the program that migrates a service's database is told by its environment. */
export const migrationConfigSchema = z.object({
  /** The service's database under its owner role, which the service itself does not have. */
  CLEANROOM_DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }),
});

export type MigrationConfig = z.infer<typeof migrationConfigSchema>;

/**
 * Brings a service's database up to what its code needs, as a program of its own: it runs before the new version starts,
 * while the old one still serves. Safe to repeat, also by several at once.
 */
export async function migrateDatabase(
  name: ServiceName,
  migrations: readonly MigrationClass[],
  { CLEANROOM_DATABASE_OWNER_URL: ownerUrl }: MigrationConfig,
): Promise<void> {
  const log = createLogger(name, 'info');
  try {
    const run = await runMigrations({ ownerUrl, migrations });
    log.info(
      { migrations: run },
      run.length > 0 ? 'the database was migrated' : 'the database was up to date',
    );
  } catch (error) {
    log.error({ error }, 'the database was not migrated');
    process.exitCode = 1;
  }
}
