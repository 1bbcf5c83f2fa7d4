import { protectByOrganization } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The console's sessions: each is an API token's, and is known by the hash of what the browser keeps. */
export class Sessions202611301610 implements MigrationInterface {
  readonly name = 'Sessions202611301610';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `CREATE TABLE session (
         hash bytea PRIMARY KEY, organization_id text NOT NULL, api_token_id text NOT NULL REFERENCES api_token,
         expires_at timestamptz NOT NULL)`,
      `CREATE INDEX session_of_organization ON session (organization_id, expires_at)`,
      ...protectByOrganization('session'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE session`);
  }
}
