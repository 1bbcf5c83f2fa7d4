import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What keeps a runner from being woken, where that has a name. */
export class RunnerTrouble202611232040 implements MigrationInterface {
  readonly name = 'RunnerTrouble202611232040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE runner ADD trouble text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE runner DROP trouble`);
  }
}
