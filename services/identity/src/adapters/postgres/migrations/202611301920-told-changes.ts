import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Other services tell the audit log of changes, too, each with an id of the entry. Own entries have none. */
export class ToldChanges202611301920 implements MigrationInterface {
  readonly name = 'ToldChanges202611301920';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_log ADD entry_id text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_log DROP entry_id');
  }
}
