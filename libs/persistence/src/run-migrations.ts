import { setTimeout as sleep } from 'node:timers/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant } from './grant.js';
import { openPool } from './open-pool.js';

/** One change of the schema; its class name is its identity and never changes once released. */
export type MigrationClass = new () => MigrationInterface;

export interface MigrationOptions {
  /** Connection address of the owner role. */
  readonly ownerUrl: string;
  /** In the order in which they run; each runs once per database. */
  readonly migrations: readonly MigrationClass[];
}

/** Whoever waits for a table keeps all others waiting who come after: not for longer than this. */
const LOCK_TIMEOUT = '3s';
const MOST_TRIES = 20;
const PAUSE_MS = 1_000;
/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK_DETECTED = '40P01';

/**
 * Runs what has not run yet, in the order of the list, each in its own transaction together with its mark. Several
 * processes may call this at once: they wait for each other. A migration that does not get its locks soon, because the old
 * version works with the table or waits for it in turn, steps back and tries again.
 *
 * @returns the names of those that ran
 */
export async function runMigrations({ ownerUrl, migrations }: MigrationOptions): Promise<string[]> {
  refuseDuplicates(migrations);
  const source = await openPool({ url: ownerUrl, entities: [], applicationName: 'migrations', poolSize: 1 });
  const runner = source.createQueryRunner();
  try {
    await runner.query(`SET statement_timeout = '10min'`);
    await runner.query(`SELECT pg_advisory_lock(hashtext('cleanroom migrations'))`);
    await runner.query(
      `CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, run_at timestamptz NOT NULL DEFAULT now())`,
    );
    // A service looks whether its database is as new as it is itself.
    await runner.query(grant('SELECT', 'migration', 'app'));
    const marks: { name: string }[] = await runner.query('SELECT name FROM migration');
    const done = new Set(marks.map(({ name }) => name));
    const pending = migrations.filter(({ name }) => !done.has(name));
    for (const migration of pending) await runPatiently(runner, migration);
    return pending.map(({ name }) => name);
  } finally {
    await runner.release();
    await source.destroy();
  }
}

async function runPatiently(runner: QueryRunner, migration: MigrationClass): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await runInTransaction(runner, migration);
    } catch (error) {
      const { code } = error as { code?: unknown };
      const isLocked = code === LOCK_NOT_AVAILABLE || code === DEADLOCK_DETECTED;
      if (!isLocked || tries >= MOST_TRIES)
        throw new Error(`migration ${migration.name} failed`, { cause: error });
    }
    await sleep(PAUSE_MS);
  }
}

async function runInTransaction(runner: QueryRunner, migration: MigrationClass): Promise<void> {
  await runner.startTransaction();
  try {
    await runner.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    await new migration().up(runner);
    await runner.query('INSERT INTO migration (name) VALUES ($1)', [migration.name]);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}

function refuseDuplicates(migrations: readonly MigrationClass[]): void {
  const names = migrations.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new RangeError(`two migrations are called ${twice}`);
}
