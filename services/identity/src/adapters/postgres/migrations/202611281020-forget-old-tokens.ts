import { forRole } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each token that a machine gets is a line of the audit log: those alone may be forgotten, and only after 90 days. */
export class ForgetOldTokens202611281020 implements MigrationInterface {
  readonly name = 'ForgetOldTokens202611281020';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      forRole(
        'app',
        `CREATE POLICY only_old_tokens_are_forgotten ON audit_log AS RESTRICTIVE FOR DELETE TO %1$I
           USING (action = 'issue-workload-token' AND at < now() - interval '90 days')`,
      ),
      forRole('app', 'GRANT DELETE ON audit_log TO %1$I'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(forRole('app', 'REVOKE DELETE ON audit_log FROM %1$I'));
    await runner.query(`DROP POLICY only_old_tokens_are_forgotten ON audit_log`);
  }
}
