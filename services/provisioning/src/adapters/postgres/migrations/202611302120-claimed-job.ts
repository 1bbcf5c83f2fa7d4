import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which job a machine says that it works on: one that GitLab gave it may never have reached it. */
export class ClaimedJob202611302120 implements MigrationInterface {
  readonly name = 'ClaimedJob202611302120';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE machine ADD claimed_job_id bigint NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE machine DROP claimed_job_id');
  }
}
