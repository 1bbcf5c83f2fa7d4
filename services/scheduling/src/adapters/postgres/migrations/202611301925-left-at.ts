import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when a connection is disconnected: its webhooks are deleted with the token that is kept for that, but not for ever. */
export class LeftAt202611301925 implements MigrationInterface {
  readonly name = 'LeftAt202611301925';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE gitlab_connection ADD left_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE gitlab_connection DROP left_at`);
  }
}
