import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a thing was ordered at, where that was told; null where only the book can say, as of all that was metered before. */
export class PriceAtOrder202612010245 implements MigrationInterface {
  readonly name = 'PriceAtOrder202612010245';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE meter ADD COLUMN hourly_micros bigint, ADD COLUMN monthly_cap_micros bigint',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE meter DROP COLUMN hourly_micros, DROP COLUMN monthly_cap_micros');
  }
}
