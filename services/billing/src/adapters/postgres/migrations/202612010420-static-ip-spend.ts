import { protectByOrganization } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE static_ip_spend (
     runner_id text PRIMARY KEY, organization_id text NOT NULL, pool_id text NOT NULL, hetzner_project_id text NOT NULL,
     allowed_locations text[] NOT NULL, question integer NOT NULL, question_granted integer NOT NULL DEFAULT 0,
     question_decided integer NOT NULL DEFAULT 0, since timestamptz NOT NULL, over boolean NOT NULL,
     source_version bigint NOT NULL, decision_version bigint NOT NULL DEFAULT 0)`,
  `CREATE INDEX static_ip_spend_awaited ON static_ip_spend (organization_id) WHERE NOT over`,
  ...protectByOrganization('static_ip_spend'),
];

/** Under a budget that blocks, a runner asks before its static IP is ordered. */
export class StaticIpSpend202612010420 implements MigrationInterface {
  readonly name = 'StaticIpSpend202612010420';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE static_ip_spend');
  }
}
