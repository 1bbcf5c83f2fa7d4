import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where so much is unknown that nothing is deleted, a person is told: that has to be known to more than the log. */
export class BrakedSightings202611281200 implements MigrationInterface {
  readonly name = 'BrakedSightings202611281200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sighting ADD braked boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sighting DROP braked');
  }
}
