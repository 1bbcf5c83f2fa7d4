import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a runner that is kept from working is next tried. */
export class NextTry202611301530 implements MigrationInterface {
  readonly name = 'NextTry202611301530';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE runner ADD next_try_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE runner DROP next_try_at`);
  }
}
