import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a machine's server was ordered at; null where nobody knows, as of all that were ordered before. */
export class PriceAtOrder202612010245 implements MigrationInterface {
  readonly name = 'PriceAtOrder202612010245';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE machine ADD COLUMN hourly_micros bigint, ADD COLUMN monthly_cap_micros bigint',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE machine DROP COLUMN hourly_micros, DROP COLUMN monthly_cap_micros');
  }
}
