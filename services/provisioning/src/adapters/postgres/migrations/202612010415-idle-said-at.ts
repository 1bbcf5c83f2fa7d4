import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a machine last said that it works on no job. */
export class IdleSaidAt202612010415 implements MigrationInterface {
  readonly name = 'IdleSaidAt202612010415';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE machine ADD COLUMN idle_said_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE machine DROP COLUMN idle_said_at');
  }
}
