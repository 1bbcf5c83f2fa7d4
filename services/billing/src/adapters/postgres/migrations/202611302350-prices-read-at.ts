import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A price that is new holds from just after the reading that still saw the one before. */
export class PricesReadAt202611302350 implements MigrationInterface {
  readonly name = 'PricesReadAt202611302350';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE price_reading ADD read_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE price_reading DROP read_at');
  }
}
