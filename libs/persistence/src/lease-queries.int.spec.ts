import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inOrganization } from './in-organization.js';
import { finishLease, grantLeasing, leaseColumns, makeDue } from './lease.js';
import { putOffLease, renewLease, takeLeases } from './lease-queries.js';
import { protectByOrganization } from './protect-by-organization.js';

const EARLY = new Date('2020-01-01T00:00:00Z');

class CreateTask implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE task (id text PRIMARY KEY, organization_id text NOT NULL, ${leaseColumns})`,
    );
    for (const sql of [...protectByOrganization('task'), ...grantLeasing('task')]) await runner.query(sql);
  }
  async down(): Promise<void> {}
}

let db: ServiceDatabase;
beforeEach(async () => {
  db = await serviceDatabase({ name: 'renewal', migrations: [CreateTask] });
  await inOrganization(db, 'org_a', (tx) =>
    tx.query(`INSERT INTO task (id, organization_id, due_at) VALUES ('t', 'org_a', $1)`, [EARLY]),
  );
});
afterEach(() => db.close());

const take = (owner: string, leaseSeconds: number) =>
  takeLeases(db, { table: 'task', owner, leaseSeconds, now: new Date(), limit: 1 });

describe('the renewal of a lease', () => {
  it('keeps the row from others', async () => {
    const [lease] = await take('one', 0);
    if (!lease) throw new Error('nothing was taken');
    await renewLease(db, { table: 'task', leaseSeconds: 30 }, lease);
    expect(await take('two', 30)).toEqual([]);
  });

  it('leaves a row free that was let go a moment before', async () => {
    const [lease] = await take('one', 30);
    if (!lease) throw new Error('nothing was taken');
    await inOrganization(db, 'org_a', (tx) => finishLease(tx, 'task', lease, EARLY));
    await renewLease(db, { table: 'task', leaseSeconds: 30 }, lease);
    expect(await take('two', 30)).toHaveLength(1);
  });
});

describe('a row whose step failed', () => {
  const LATE = new Date('2100-01-01T00:00:00Z');

  it('is put off', async () => {
    const [lease] = await take('one', 30);
    if (!lease) throw new Error('nothing was taken');
    await putOffLease(db, 'task', lease, LATE);
    expect(await take('two', 30)).toEqual([]);
  });

  it('is due at once where it was made due while the step ran', async () => {
    const [lease] = await take('one', 30);
    if (!lease) throw new Error('nothing was taken');
    await inOrganization(db, 'org_a', (tx) => makeDue(tx, 'task', 't', EARLY));
    await putOffLease(db, 'task', lease, LATE);
    expect(await take('two', 30)).toMatchObject([{ id: 't', failures: 1 }]);
  });
});
