import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An organisation has a calendar: the days of its cost report begin at midnight there. */
export class TimeZone202611231640 implements MigrationInterface {
  readonly name = 'TimeZone202611231640';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE organization ADD time_zone text NOT NULL DEFAULT 'UTC'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE organization DROP time_zone`);
  }
}
