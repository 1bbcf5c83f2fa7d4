import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when looks for a machine's server have found none: one alone may be wrong. */
export class AbsentServers202612010410 implements MigrationInterface {
  readonly name = 'AbsentServers202612010410';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE machine ADD COLUMN absent_since timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE machine DROP COLUMN absent_since');
  }
}
