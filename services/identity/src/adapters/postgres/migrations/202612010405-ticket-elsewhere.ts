import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For which generation it was told that somebody else holds its ticket: once, for whoever does can say so without end. */
export class TicketElsewhere202612010405 implements MigrationInterface {
  readonly name = 'TicketElsewhere202612010405';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE machine ADD COLUMN elsewhere_generation integer NOT NULL DEFAULT 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE machine DROP COLUMN elsewhere_generation`);
  }
}
