import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For how many jobs a machine's runner was started, and whether it said that it can do no more. */
export class RunnerOfMachine202611301545 implements MigrationInterface {
  readonly name = 'RunnerOfMachine202611301545';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE machine ADD COLUMN max_builds int, ADD COLUMN failed_generation int NOT NULL DEFAULT 0`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE machine DROP COLUMN max_builds, DROP COLUMN failed_generation`);
  }
}
