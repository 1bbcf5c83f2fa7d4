import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A machine that lost its firewalls is kept for a while only: since when it is without them has to be known. */
export class UnprotectedSince202611280740 implements MigrationInterface {
  readonly name = 'UnprotectedSince202611280740';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE machine ADD unprotected_since timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE machine DROP unprotected_since`);
  }
}
