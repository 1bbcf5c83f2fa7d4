import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A pool may be for protected branches and tags only. */
export class ProtectedRefs202611231340 implements MigrationInterface {
  readonly name = 'ProtectedRefs202611231340';

  async up(queries: QueryRunner): Promise<void> {
    await queries.query('ALTER TABLE pool ADD COLUMN protected_refs_only boolean NOT NULL DEFAULT false');
  }

  async down(queries: QueryRunner): Promise<void> {
    await queries.query('ALTER TABLE pool DROP COLUMN protected_refs_only');
  }
}
