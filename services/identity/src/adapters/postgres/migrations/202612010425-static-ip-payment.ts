import { protectByOrganization } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE budget (
     scope_id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, holds boolean NOT NULL,
     blocks boolean NOT NULL, refused_until timestamptz, refused_because text)`,
  ...protectByOrganization('budget'),
  `ALTER TABLE static_ip ADD payment text NOT NULL DEFAULT 'UNASKED', ADD question integer NOT NULL DEFAULT 0,
     ADD asked_at timestamptz, ADD refused_until timestamptz`,
];

/** Under a budget that blocks, billing is asked before an address is ordered. */
export class StaticIpPayment202612010425 implements MigrationInterface {
  readonly name = 'StaticIpPayment202612010425';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE static_ip DROP payment, DROP question, DROP asked_at, DROP refused_until`,
    );
    await runner.query(`DROP TABLE budget`);
  }
}
