import { grantLeasing, leaseColumns, protectByOrganization } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables whose rows belong to one organisation. */
export const organizationTables = ['hetzner_project', 'price_reading', 'price', 'meter'];

const createTables = [
  `CREATE TABLE hetzner_project (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, endpoint text NOT NULL,
     usable boolean NOT NULL, deleted boolean NOT NULL, token_sealed bytea)`,
  `CREATE TABLE price_reading (id text PRIMARY KEY, organization_id text NOT NULL, ${leaseColumns})`,
  `CREATE TABLE price (
     organization_id text NOT NULL, hetzner_project_id text NOT NULL, kind text NOT NULL, type text NOT NULL,
     location text NOT NULL, valid_from timestamptz NOT NULL, hourly_micros bigint NOT NULL, monthly_cap_micros bigint NOT NULL,
     currency text NOT NULL, PRIMARY KEY (hetzner_project_id, kind, type, location, valid_from),
     CHECK (hourly_micros >= 0 AND monthly_cap_micros >= 0))`,
  `CREATE TABLE meter (
     id text PRIMARY KEY, organization_id text NOT NULL, kind text NOT NULL, runner_id text NOT NULL, pool_id text NOT NULL,
     hetzner_project_id text NOT NULL, type text NOT NULL, location text NOT NULL, ordered_at timestamptz NOT NULL,
     started_at timestamptz NOT NULL, ended_at timestamptz, estimated boolean NOT NULL DEFAULT false,
     source_version bigint NOT NULL, CHECK (ended_at IS NULL OR ended_at >= started_at))`,
  `CREATE INDEX meter_of_runner ON meter (runner_id)`,
];

export class Billing202611230900 implements MigrationInterface {
  readonly name = 'Billing202611230900';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...createTables,
      ...organizationTables.flatMap((table) => protectByOrganization(table)),
      ...grantLeasing('price_reading'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...organizationTables].reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}
