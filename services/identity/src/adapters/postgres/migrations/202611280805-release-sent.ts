import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An address whose deletion was answered too late, or never, was there until that was asked for. */
export class ReleaseSent202611280805 implements MigrationInterface {
  readonly name = 'ReleaseSent202611280805';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE static_ip ADD release_sent_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE static_ip DROP release_sent_at`);
  }
}
