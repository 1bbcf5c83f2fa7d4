import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An address that its project's list leaves out may be gone: since when is told to whoever counts its hours. */
export class AbsentStaticIps202611281000 implements MigrationInterface {
  readonly name = 'AbsentStaticIps202611281000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE static_ip ADD absent_since timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE static_ip DROP absent_since`);
  }
}
