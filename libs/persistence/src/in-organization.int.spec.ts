import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { acrossOrganizations } from './across-organizations.js';
import { beforeCommit } from './before-commit.js';
import { inOrganization } from './in-organization.js';
import { protectByOrganization } from './protect-by-organization.js';

class CreateThing implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE thing (id text PRIMARY KEY, organization_id text NOT NULL)');
    for (const sql of protectByOrganization('thing')) await runner.query(sql);
  }
  async down(): Promise<void> {}
}

/** Lets nobody on until that many have come; later ones pass. */
function meetingOf(size: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let missing = size;
  return () => {
    missing -= 1;
    if (missing === 0) resolve();
    return promise;
  };
}

const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort();

describe('a table protected by organisation', () => {
  let db: ServiceDatabase;

  beforeAll(async () => {
    db = await serviceDatabase({ name: 'protected', migrations: [CreateThing] });
    await inOrganization(db, 'org_a', (tx) =>
      tx.query(`INSERT INTO thing VALUES ('1', 'org_a'), ('2', 'org_a')`),
    );
    await inOrganization(db, 'org_b', (tx) => tx.query(`INSERT INTO thing VALUES ('3', 'org_b')`));
  });
  afterAll(() => db.close());

  it('shows an organisation its own rows only', async () => {
    expect(ids(await inOrganization(db, 'org_a', (tx) => tx.query('SELECT id FROM thing')))).toEqual([
      '1',
      '2',
    ]);
    expect(ids(await inOrganization(db, 'org_b', (tx) => tx.query('SELECT id FROM thing')))).toEqual(['3']);
  });

  it('changes and deletes nothing of another organisation', async () => {
    const [, updated] = await inOrganization(db, 'org_b', (tx) =>
      tx.query(`UPDATE thing SET id = id WHERE id = '1'`),
    );
    const [, deleted] = await inOrganization(db, 'org_b', (tx) =>
      tx.query(`DELETE FROM thing WHERE id = '1'`),
    );
    expect([updated, deleted]).toEqual([0, 0]);
  });

  it('refuses to write a row into another organisation', async () => {
    const write = inOrganization(db, 'org_a', (tx) => tx.query(`INSERT INTO thing VALUES ('9', 'org_b')`));
    await expect(write).rejects.toThrow('row-level security');
    const move = inOrganization(db, 'org_a', (tx) => tx.query(`UPDATE thing SET organization_id = 'org_b'`));
    await expect(move).rejects.toThrow('row-level security');
  });

  it('raises when no organisation is set, also on a connection that had one before', async () => {
    for (let connection = 0; connection < 6; connection++) {
      await inOrganization(db, 'org_a', (tx) => tx.query('SELECT 1'));
      await expect(db.app.query('SELECT id FROM thing')).rejects.toThrow('no organisation is set');
    }
    await expect(inOrganization(db, '', (tx) => tx.query('SELECT id FROM thing'))).rejects.toThrow(
      RangeError,
    );
  });

  it('lets the worker role see every row and change none', async () => {
    expect(ids(await acrossOrganizations(db, (tx) => tx.query('SELECT id FROM thing')))).toEqual([
      '1',
      '2',
      '3',
    ]);
    for (const sql of [
      `DELETE FROM thing`,
      `UPDATE thing SET id = '8'`,
      `INSERT INTO thing VALUES ('9', 'org_a')`,
    ]) {
      await expect(acrossOrganizations(db, (tx) => tx.query(sql))).rejects.toThrow('permission denied');
    }
  });

  it('runs the work of a deadlock again, so that both transactions that met in it come to their end', async () => {
    const attempts: string[] = [];
    const bothHoldOne = meetingOf(2);
    const takeBoth = (first: string, second: string) =>
      inOrganization(db, 'org_a', async (tx) => {
        const touch = (id: string) => tx.query('UPDATE thing SET id = id WHERE id = $1', [id]);
        attempts.push(first);
        await touch(first);
        await bothHoldOne();
        await touch(second);
        return first;
      });
    expect(await Promise.all([takeBoth('1', '2'), takeBoth('2', '1')])).toEqual(['1', '2']);
    // One ran again; where it came back before the other had gone on, they met once more.
    expect(attempts.length).toBeGreaterThan(2);
  });

  it('gives no role a way around row-level security', async () => {
    const rows = await db.worker.query(
      `SELECT rolname FROM pg_roles WHERE rolname LIKE current_database() || '%' AND (rolbypassrls OR rolsuper)`,
    );
    expect(rows).toEqual([]);
  });

  it('runs what was put off at the end of the transaction, and rolls back with it', async () => {
    const order: string[] = [];
    await inOrganization(db, 'org_a', async (tx) => {
      beforeCommit(tx, async () => void order.push('put off'));
      order.push('work');
    });
    expect(order).toEqual(['work', 'put off']);
    const failing = inOrganization(db, 'org_a', async (tx) => {
      await tx.query(`INSERT INTO thing VALUES ('7', 'org_a')`);
      beforeCommit(tx, () => Promise.reject(new Error('too late')));
    });
    await expect(failing).rejects.toThrow('too late');
    expect(await acrossOrganizations(db, (tx) => tx.query(`SELECT id FROM thing WHERE id = '7'`))).toEqual(
      [],
    );
  });
});
