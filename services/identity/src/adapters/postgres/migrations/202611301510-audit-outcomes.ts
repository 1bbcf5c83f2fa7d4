import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was refused is in the audit log, too; what did not come to exist has no id. */
export class AuditOutcomes202611301510 implements MigrationInterface {
  readonly name = 'AuditOutcomes202611301510';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE audit_log ADD outcome text NOT NULL DEFAULT 'DONE', ALTER subject DROP NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    // Those without a subject have to stay, as everything in this log.
    await runner.query(`ALTER TABLE audit_log DROP outcome`);
  }
}
