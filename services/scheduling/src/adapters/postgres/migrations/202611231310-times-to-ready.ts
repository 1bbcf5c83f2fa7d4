import { protectByOrganization } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `ALTER TABLE runner ADD COLUMN readying_by text, ADD COLUMN readying_since timestamptz,
     ADD CHECK ((readying_by IS NULL) = (readying_since IS NULL))`,
  `CREATE TABLE time_to_ready (
     runner_id text NOT NULL, ready_at timestamptz NOT NULL, organization_id text NOT NULL, pool_id text NOT NULL,
     prepared_by text NOT NULL CHECK (prepared_by IN ('ORDER', 'REBUILD')), seconds double precision NOT NULL,
     PRIMARY KEY (runner_id, ready_at))`,
  `CREATE INDEX ON time_to_ready (pool_id, prepared_by, ready_at)`,
  ...protectByOrganization('time_to_ready'),
];

/** How long runners took to be ready, measured, so that they can be ordered in time. */
export class TimesToReady202611231310 implements MigrationInterface {
  readonly name = 'TimesToReady202611231310';

  async up(queries: QueryRunner): Promise<void> {
    for (const statement of statements) await queries.query(statement);
  }

  async down(queries: QueryRunner): Promise<void> {
    await queries.query('DROP TABLE time_to_ready');
    await queries.query('ALTER TABLE runner DROP COLUMN readying_by, DROP COLUMN readying_since');
  }
}
