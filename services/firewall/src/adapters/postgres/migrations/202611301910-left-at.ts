import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Since when a project is disconnected: its firewalls are deleted with the credentials that are kept for that, but not for
 * ever. Of those that were disconnected before, no credentials are left.
 */
export class LeftAt202611301910 implements MigrationInterface {
  readonly name = 'LeftAt202611301910';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE hetzner_project ADD left_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE hetzner_project DROP left_at`);
  }
}
