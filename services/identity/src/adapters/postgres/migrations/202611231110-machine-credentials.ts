import { protectByOrganization } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A renewal whose answer gets lost must not lock a machine out: what it had before stays good until its own end. */
export class MachineCredentials202611231110 implements MigrationInterface {
  readonly name = 'MachineCredentials202611231110';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      // The ticket ties a credential to one generation: the next one's machine has no use for it.
      `CREATE TABLE machine_credential (
         hash bytea PRIMARY KEY, organization_id text NOT NULL, machine_id text NOT NULL REFERENCES machine,
         ticket_hash bytea NOT NULL, expires_at timestamptz NOT NULL)`,
      `CREATE INDEX machine_credential_of_machine ON machine_credential (machine_id)`,
      // The owner may read past the policies for as long as they are not forced upon it.
      `ALTER TABLE machine NO FORCE ROW LEVEL SECURITY`,
      `INSERT INTO machine_credential SELECT credential_hash, organization_id, id, ticket_hash, credential_expires_at
         FROM machine WHERE credential_hash IS NOT NULL`,
      `ALTER TABLE machine FORCE ROW LEVEL SECURITY`,
      `ALTER TABLE machine DROP COLUMN credential_hash, DROP COLUMN credential_expires_at`,
      ...protectByOrganization('machine_credential'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE machine ADD COLUMN credential_hash bytea UNIQUE, ADD COLUMN credential_expires_at timestamptz`,
    );
    await runner.query(`DROP TABLE machine_credential`);
  }
}
