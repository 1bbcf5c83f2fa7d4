import type { Database } from './database.js';
import type { MigrationClass } from './run-migrations.js';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNDEFINED_TABLE = '42P01';

/**
 * Names of the migrations that a database still lacks. What it has beyond them is fine: the next version's migrations run
 * while this one still serves.
 */
export async function missingMigrations(
  db: Database,
  migrations: readonly MigrationClass[],
): Promise<string[]> {
  const done = new Set(await doneMigrations(db));
  return migrations.map(({ name }) => name).filter((name) => !done.has(name));
}

async function doneMigrations(db: Database): Promise<string[]> {
  try {
    const rows: { name: string }[] = await db.app.query('SELECT name FROM migration');
    return rows.map(({ name }) => name);
  } catch (error) {
    if ((error as { code?: unknown }).code === UNDEFINED_TABLE) return [];
    throw error;
  }
}
