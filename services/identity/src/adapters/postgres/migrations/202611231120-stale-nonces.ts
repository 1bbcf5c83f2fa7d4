import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every proven call forgets some stale nonces; it must not read all of them to find those. */
export class StaleNonces202611231120 implements MigrationInterface {
  readonly name = 'StaleNonces202611231120';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX proof_nonce_seen_at ON proof_nonce (seen_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX proof_nonce_seen_at`);
  }
}
