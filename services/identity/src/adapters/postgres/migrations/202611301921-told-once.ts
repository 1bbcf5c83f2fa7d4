import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is told again is in the audit log once. By itself: building it keeps writers waiting, and must wait for no other lock. */
export class ToldOnce202611301921 implements MigrationInterface {
  readonly name = 'ToldOnce202611301921';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE UNIQUE INDEX audit_log_told ON audit_log (entry_id) WHERE entry_id IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX audit_log_told`);
  }
}
