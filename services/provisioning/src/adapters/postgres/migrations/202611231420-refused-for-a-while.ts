import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['hetzner_project', 'gitlab_connection'];

/** A provider's refusal of credentials holds for a while: whether they are bad for good is identity's to find out. */
export class RefusedForAWhile202611231420 implements MigrationInterface {
  readonly name = 'RefusedForAWhile202611231420';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.query(`ALTER TABLE ${table} ADD refused_until timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.query(`ALTER TABLE ${table} DROP refused_until`);
  }
}
