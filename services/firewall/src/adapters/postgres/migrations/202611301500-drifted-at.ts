import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a policy's firewall was last found changed by somebody else. A machine that was protected before its pool got the
 * policy has not lost it: so since when a pool has one is kept, too.
 */
export class DriftedAt202611301500 implements MigrationInterface {
  readonly name = 'DriftedAt202611301500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE policy_firewall ADD drifted_at timestamptz`);
    await runner.query(`ALTER TABLE pool_policy ADD assigned_at timestamptz NOT NULL DEFAULT 'epoch'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE pool_policy DROP assigned_at`);
    await runner.query(`ALTER TABLE policy_firewall DROP drifted_at`);
  }
}
