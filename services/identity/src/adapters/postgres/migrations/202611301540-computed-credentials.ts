import { protectByOrganization } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A machine's credential is computed from its key; none is stored, none is renewed. */
export class ComputedCredentials202611301540 implements MigrationInterface {
  readonly name = 'ComputedCredentials202611301540';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE machine_credential`);
    await runner.query(`ALTER TABLE machine DROP COLUMN used_real_at`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const statements = [
      `ALTER TABLE machine ADD COLUMN used_real_at timestamptz`,
      `CREATE TABLE machine_credential (
         hash bytea PRIMARY KEY, organization_id text NOT NULL, machine_id text NOT NULL REFERENCES machine,
         ticket_hash bytea NOT NULL, expires_at timestamptz NOT NULL)`,
      `CREATE INDEX machine_credential_of_machine ON machine_credential (machine_id)`,
      ...protectByOrganization('machine_credential'),
    ];
    for (const statement of statements) await runner.query(statement);
  }
}
