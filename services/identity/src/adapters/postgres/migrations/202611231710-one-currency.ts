import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The projects of an organisation are billed in one currency; null: connected before it was asked for. */
export class OneCurrency202611231710 implements MigrationInterface {
  readonly name = 'OneCurrency202611231710';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE hetzner_project ADD currency text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE hetzner_project DROP currency`);
  }
}
