import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where Hetzner's limit of Primary IPs is reached, the addresses of a project ask one at a time. */
export class AddressLimit202611281100 implements MigrationInterface {
  readonly name = 'AddressLimit202611281100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE hetzner_project ADD next_turn_at timestamptz NOT NULL DEFAULT 'epoch'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE hetzner_project DROP next_turn_at`);
  }
}
