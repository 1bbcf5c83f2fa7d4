import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant } from './grant.js';

/**
 * What was used and is good only once. It belongs to no organisation: that is asked before anybody knows whose it is. It
 * is kept for two minutes, so a row costs no write-ahead log; what a crash of the database forgets, the replicas remember
 * each for itself.
 */
export class UsedNonces202612010400 implements MigrationInterface {
  readonly name = 'UsedNonces202612010400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE UNLOGGED TABLE used_nonce (nonce text PRIMARY KEY, used_at timestamptz NOT NULL DEFAULT now())`,
    );
    await runner.query(grant('SELECT, INSERT, DELETE', 'used_nonce', 'app'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE used_nonce');
  }
}

/** Listed by every service that takes signed calls. */
export const usedNoncesMigration = UsedNonces202612010400;
