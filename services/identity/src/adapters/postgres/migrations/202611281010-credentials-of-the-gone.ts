import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Credentials of machines that are gone serve nobody. Locks `machine` first and nothing but these two tables, in the
 * order of an enrolment: the old version goes on to enrol machines meanwhile.
 */
export class CredentialsOfTheGone202611281010 implements MigrationInterface {
  readonly name = 'CredentialsOfTheGone202611281010';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      // The owner may change past the policies for as long as they are not forced upon it.
      `ALTER TABLE machine NO FORCE ROW LEVEL SECURITY`,
      `ALTER TABLE machine_credential NO FORCE ROW LEVEL SECURITY`,
      `DELETE FROM machine_credential USING machine WHERE machine.id = machine_id AND machine.deleted`,
      `ALTER TABLE machine_credential FORCE ROW LEVEL SECURITY`,
      `ALTER TABLE machine FORCE ROW LEVEL SECURITY`,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  /** What was deleted was of no use to anybody. */
  async down(): Promise<void> {}
}
