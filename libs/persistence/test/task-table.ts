import { systemClock } from '@cleanroom/kernel';
import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inOrganization } from '../src/in-organization.js';
import { finishLease, grantLeasing, leaseColumns, makeDue, type Lease } from '../src/lease.js';
import { LeasedWork, type LeasedWorkOptions, type OnFailure } from '../src/leased-work.js';
import { protectByOrganization } from '../src/protect-by-organization.js';

class CreateTask implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE task (id text PRIMARY KEY, organization_id text NOT NULL, ${leaseColumns},
      steps integer NOT NULL DEFAULT 0)`);
    for (const sql of [...protectByOrganization('task'), ...grantLeasing('task')]) await runner.query(sql);
  }
  async down(): Promise<void> {}
}

export const EARLY = new Date('2020-01-01T00:00:00Z');

interface RunOptions extends Partial<LeasedWorkOptions> {
  readonly onFailure?: OnFailure;
}

/** A table of work in a database of its own for each test, and workers that stop with it. */
export function taskTable() {
  let db: ServiceDatabase;
  let works: LeasedWork[] = [];

  beforeEach(async () => {
    db = await serviceDatabase({ name: 'leased', migrations: [CreateTask] });
  });
  afterEach(async () => {
    await Promise.all(works.map((work) => work.stop()));
    works = [];
    await db.close();
  });

  const run = (
    owner: string,
    step: LeasedWorkOptions['step'],
    { onFailure = () => undefined, ...options }: RunOptions = {},
  ) => {
    const defaults = { clock: systemClock, pollMilliseconds: 100 };
    const work = new LeasedWork({ db, table: 'task', owner, step, ...defaults, ...options });
    works.push(work);
    work.start(onFailure);
    return work;
  };

  return {
    get db() {
      return db;
    },
    run,
    insert: (id: string, dueAt: Date | null = EARLY) =>
      inOrganization(db, 'org_a', (tx) =>
        tx.query(`INSERT INTO task (id, organization_id, due_at) VALUES ($1, 'org_a', $2)`, [id, dueAt]),
      ),
    /** Saves a step that was done. */
    save: (lease: Lease, nextDueAt: Date | null = null) =>
      inOrganization(db, lease.organizationId, async (tx) => {
        await tx.query('UPDATE task SET steps = steps + 1 WHERE id = $1', [lease.id]);
        await finishLease(tx, 'task', lease, nextDueAt);
      }),
    row: async (id: string): Promise<Record<string, unknown>> => {
      const found = await db.worker.query('SELECT * FROM task WHERE id = $1', [id]);
      return (found as Record<string, unknown>[])[0] ?? {};
    },
    wake: (id: string, at = EARLY) => inOrganization(db, 'org_a', (tx) => makeDue(tx, 'task', id, at)),
  };
}
