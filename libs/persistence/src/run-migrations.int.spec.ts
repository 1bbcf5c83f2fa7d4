import { eventually, startPostgres } from '@cleanroom/testing';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { prepareDatabase, type PreparedDatabase } from './prepare-database.js';
import { runMigrations } from './run-migrations.js';

class First implements MigrationInterface {
  up = (runner: QueryRunner) => runner.query('CREATE TABLE first (id text)');
  async down(): Promise<void> {}
}
class ChangeFirst implements MigrationInterface {
  up = (runner: QueryRunner) => runner.query('ALTER TABLE first ADD COLUMN more text');
  async down(): Promise<void> {}
}
class Second implements MigrationInterface {
  up = (runner: QueryRunner) => runner.query('CREATE TABLE second (id text)');
  async down(): Promise<void> {}
}
class Broken implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half (id text)');
    await runner.query('CREATE NONSENSE');
  }
  async down(): Promise<void> {}
}

describe('migrations', () => {
  let prepared: PreparedDatabase;
  let adminUrl: string;
  const name = () => `migrated_${randomBytes(4).toString('hex')}`;
  const passwords = { owner: 'own:er@1', app: 'app', worker: 'worker' };

  const connected = async (connectionString = prepared.ownerUrl) => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    return client;
  };
  const tables = async (url: string) => {
    const client = await connected(url);
    const { rows } = await client.query(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    );
    await client.end();
    return rows.map((row: { tablename: string }) => row.tablename);
  };

  beforeEach(async () => {
    ({ adminUrl } = await startPostgres());
    prepared = await prepareDatabase({ adminUrl, name: name(), passwords });
  });

  const run = (migrations: (new () => MigrationInterface)[]) =>
    runMigrations({ ownerUrl: prepared.ownerUrl, migrations });

  it('run once each, in the order of the list', async () => {
    expect(await run([Second, First])).toEqual(['Second', 'First']);
    expect(await run([Second, First])).toEqual([]);
  });

  it('run where they are new, before or after others that ran', async () => {
    await run([Second]);
    expect(await run([First, Second])).toEqual(['First']);
  });

  it('wait for each other when several processes begin at once', async () => {
    const runs = await Promise.all([run([First, Second]), run([First, Second]), run([First, Second])]);
    expect(runs.flat()).toEqual(['First', 'Second']);
  });

  it('let others at a table for which they wait, and go on once they get it', async () => {
    await run([First]);
    const [holder, reader] = await Promise.all([connected(), connected()]);
    await holder.query('BEGIN; SELECT * FROM first');
    const ran = run([First, ChangeFirst]);
    await eventually(async () => {
      const waiting = `SELECT FROM pg_locks WHERE NOT granted AND relation = 'first'::regclass`;
      return (await reader.query(waiting)).rowCount === 1;
    });
    expect((await reader.query('SELECT * FROM first')).rows).toEqual([]);
    await holder.query('COMMIT');
    expect(await ran).toEqual(['ChangeFirst']);
    await Promise.all([holder.end(), reader.end()]);
  });

  it('step back from somebody who waits for them in turn, and go on afterwards', async () => {
    await run([First, Second]);
    const database = new URL(adminUrl);
    database.pathname = new URL(prepared.ownerUrl).pathname;
    const [holder, watcher] = await Promise.all([connected(database.toString()), connected()]);
    const isThere = (lock: string, table: string) =>
      eventually(async () => {
        const mode = `mode = 'AccessExclusiveLock' AND relation = '${table}'::regclass`;
        return (await watcher.query(`SELECT FROM pg_locks WHERE ${lock} AND ${mode}`)).rowCount === 1;
      });
    class Crossing implements MigrationInterface {
      async up(runner: QueryRunner): Promise<void> {
        await runner.query('ALTER TABLE second ADD COLUMN more text');
        await crossed;
        await runner.query('ALTER TABLE first ADD COLUMN more text');
      }
      async down(): Promise<void> {}
    }
    // PostgreSQL gives up whoever looks for the deadlock first: so it is the migration.
    await holder.query(`BEGIN; SET LOCAL deadlock_timeout = '1min'; LOCK TABLE first`);
    const { promise: crossed, resolve: cross } = Promise.withResolvers<void>();
    const ran = run([First, Second, Crossing]);
    await isThere('granted', 'second');
    const held = holder.query('LOCK TABLE second');
    await isThere('NOT granted', 'second');
    cross();
    await held;
    await holder.query('COMMIT');
    expect(await ran).toEqual(['Crossing']);
    await Promise.all([holder.end(), watcher.end()]);
  });

  it('leave nothing half done, and say which one failed', async () => {
    await expect(run([First, Broken, Second])).rejects.toThrow('migration Broken failed');
    expect(await tables(prepared.ownerUrl)).toEqual(['first', 'migration']);
  });

  it('refuse two of one name', async () => {
    await expect(run([First, First])).rejects.toThrow(RangeError);
  });

  it('let no role but the owner make tables', async () => {
    for (const url of [prepared.appUrl, prepared.workerUrl]) {
      const client = await connected(url);
      await expect(client.query('CREATE TABLE mine (id text)')).rejects.toThrow('permission denied');
      await client.end();
    }
  });

  it('keep the roles of one database out of another', async () => {
    const other = await prepareDatabase({ adminUrl, name: name(), passwords });
    const foreign = new URL(prepared.appUrl);
    foreign.pathname = new URL(other.appUrl).pathname;
    await expect(tables(foreign.toString())).rejects.toThrow('permission denied');
  });

  it('find a database that was prepared twice as it was', async () => {
    await run([First]);
    const database = new URL(prepared.ownerUrl).pathname.slice(1);
    const again = await prepareDatabase({ adminUrl, name: database, passwords });
    expect(again).toEqual(prepared);
    expect(await tables(again.ownerUrl)).toEqual(['first', 'migration']);
  });
});
