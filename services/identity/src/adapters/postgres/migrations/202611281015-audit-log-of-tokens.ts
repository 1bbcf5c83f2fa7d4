import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the oldest tokens in the audit log. By itself: building it keeps writers waiting, and must wait for no other lock. */
export class AuditLogOfTokens202611281015 implements MigrationInterface {
  readonly name = 'AuditLogOfTokens202611281015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX audit_log_of_tokens ON audit_log (organization_id, at) WHERE action = 'issue-workload-token'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX audit_log_of_tokens`);
  }
}
