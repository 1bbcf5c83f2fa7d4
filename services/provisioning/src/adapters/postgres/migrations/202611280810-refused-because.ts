import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a budget has refused: also runners that do not ask because another did so in vain tell it. */
export class RefusedBecause202611280810 implements MigrationInterface {
  readonly name = 'RefusedBecause202611280810';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE budget ADD refused_because text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE budget DROP refused_because`);
  }
}
