import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a machine has to remember to run several jobs in a row, and for its GitLab runner to follow its pool. */
export class SeriesOfJobs202611231330 implements MigrationInterface {
  readonly name = 'SeriesOfJobs202611231330';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE machine ADD done_jobs text[] NOT NULL DEFAULT '{}', ADD gitlab_takes text NOT NULL DEFAULT ''`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE machine DROP done_jobs, DROP gitlab_takes`);
  }
}
