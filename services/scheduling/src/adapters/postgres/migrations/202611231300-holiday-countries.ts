import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A schedule may follow the public holidays of a country. */
export class HolidayCountries202611231300 implements MigrationInterface {
  readonly name = 'HolidayCountries202611231300';

  async up(queries: QueryRunner): Promise<void> {
    await queries.query('ALTER TABLE schedule ADD COLUMN holiday_country text');
  }

  async down(queries: QueryRunner): Promise<void> {
    await queries.query('ALTER TABLE schedule DROP COLUMN holiday_country');
  }
}
