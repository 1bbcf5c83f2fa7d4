import { protectByOrganization } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE budget (
     scope_id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, holds boolean NOT NULL,
     blocks boolean NOT NULL, refused_until timestamptz)`,
  ...protectByOrganization('budget'),
  `ALTER TABLE machine ADD hours_asked integer NOT NULL DEFAULT 0, ADD hours_granted integer NOT NULL DEFAULT 0,
     ADD hours_decided integer NOT NULL DEFAULT 0, ADD spend_reason text, ADD spend_version bigint NOT NULL DEFAULT 0,
     ADD allowed_types text[] NOT NULL DEFAULT '{}'`,
  `ALTER TABLE runner ADD held_by_budget boolean NOT NULL DEFAULT false`,
];

/** Under a budget a machine asks before each hour that it costs. */
export class Budgets202611231700 implements MigrationInterface {
  readonly name = 'Budgets202611231700';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE runner DROP held_by_budget`);
    await runner.query(
      `ALTER TABLE machine DROP hours_asked, DROP hours_granted, DROP hours_decided, DROP spend_reason,
         DROP spend_version, DROP allowed_types`,
    );
    await runner.query(`DROP TABLE budget`);
  }
}
