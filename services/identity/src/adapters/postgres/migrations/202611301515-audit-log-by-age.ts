import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An organisation reads its log from the newest on. By itself: building it keeps writers waiting. */
export class AuditLogByAge202611301515 implements MigrationInterface {
  readonly name = 'AuditLogByAge202611301515';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX audit_log_by_age ON audit_log (organization_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX audit_log_by_age`);
  }
}
