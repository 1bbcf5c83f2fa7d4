import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  'ALTER TABLE pool ADD COLUMN protected_refs_only boolean NOT NULL DEFAULT false',
  // What is empty is filled in by the next poll.
  `ALTER TABLE job ADD COLUMN ref text NOT NULL DEFAULT '', ADD COLUMN ref_protected boolean`,
];

/** A pool may be for protected branches and tags only, and then takes no other job. */
export class ProtectedRefs202611231330 implements MigrationInterface {
  readonly name = 'ProtectedRefs202611231330';

  async up(queries: QueryRunner): Promise<void> {
    for (const statement of statements) await queries.query(statement);
  }

  async down(queries: QueryRunner): Promise<void> {
    await queries.query('ALTER TABLE job DROP COLUMN ref, DROP COLUMN ref_protected');
    await queries.query('ALTER TABLE pool DROP COLUMN protected_refs_only');
  }
}
