import { protectByOrganization } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE hetzner_project (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, status text NOT NULL)`,
  ...protectByOrganization('hetzner_project'),
  // Pools that are known already are told of again when they next change.
  `ALTER TABLE pool ADD COLUMN hetzner_project_id text NOT NULL DEFAULT ''`,
];

/** Whether Hetzner accepts a pool's credentials: where it does not, its jobs can say so. */
export class HetznerProjects202611231320 implements MigrationInterface {
  readonly name = 'HetznerProjects202611231320';

  async up(queries: QueryRunner): Promise<void> {
    for (const statement of statements) await queries.query(statement);
  }

  async down(queries: QueryRunner): Promise<void> {
    await queries.query('ALTER TABLE pool DROP COLUMN hetzner_project_id');
    await queries.query('DROP TABLE hetzner_project');
  }
}
