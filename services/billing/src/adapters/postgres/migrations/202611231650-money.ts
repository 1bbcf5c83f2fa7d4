import { grantLeasing, leaseColumns, protectByOrganization } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  'organization',
  'pool',
  'budget',
  'spend',
  'statement_closing',
  'statement',
  'statement_line',
];

const createTables = [
  `CREATE TABLE organization (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, time_zone text NOT NULL)`,
  `CREATE TABLE pool (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, name text NOT NULL,
     server_types text[] NOT NULL, deleted boolean NOT NULL)`,
  `CREATE TABLE budget (
     scope_id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, limit_micros bigint NOT NULL,
     currency text NOT NULL, on_exhausted text NOT NULL, removed boolean NOT NULL DEFAULT false,
     refused boolean NOT NULL DEFAULT false, CHECK (limit_micros >= 0))`,
  `CREATE TABLE spend (
     machine_id text PRIMARY KEY, organization_id text NOT NULL, pool_id text NOT NULL, runner_id text NOT NULL,
     hetzner_project_id text NOT NULL, location text NOT NULL, allowed_types text[] NOT NULL, ordered_at timestamptz NOT NULL,
     hours_asked integer NOT NULL, hours_granted integer NOT NULL DEFAULT 0, ended boolean NOT NULL,
     source_version bigint NOT NULL, decision_version bigint NOT NULL DEFAULT 0, hours_decided integer NOT NULL DEFAULT 0)`,
  `CREATE INDEX spend_under_way ON spend (organization_id) WHERE NOT ended`,
  `CREATE TABLE statement_closing (id text PRIMARY KEY, organization_id text NOT NULL, ${leaseColumns})`,
  `CREATE TABLE statement (
     organization_id text NOT NULL, month text NOT NULL, closed_at timestamptz NOT NULL, currency text NOT NULL,
     total_micros bigint NOT NULL, PRIMARY KEY (organization_id, month))`,
  `CREATE TABLE statement_line (
     organization_id text NOT NULL, statement_month text NOT NULL, month text NOT NULL, meter_id text NOT NULL, kind text NOT NULL,
     provider_id text NOT NULL, runner_id text NOT NULL, pool_id text NOT NULL, type text NOT NULL, location text NOT NULL,
     started_at timestamptz NOT NULL, ended_at timestamptz, hours integer NOT NULL, hourly_micros bigint NOT NULL,
     micros bigint NOT NULL, currency text NOT NULL, estimated boolean NOT NULL,
     PRIMARY KEY (organization_id, statement_month, meter_id, month),
     FOREIGN KEY (organization_id, statement_month) REFERENCES statement (organization_id, month))`,
];

/** One server at a time is a runner's: two meters that overlap would bill an hour twice. */
const disjointMeters = [
  `CREATE EXTENSION IF NOT EXISTS btree_gist`,
  `ALTER TABLE meter ADD CONSTRAINT meter_disjoint
     EXCLUDE USING gist (runner_id WITH =, tstzrange(started_at, ended_at) WITH &&) WHERE (kind = 'machine')`,
];

/** A closed statement is a document: whoever has it must be able to rely on it. */
const immutableStatements = [
  `CREATE FUNCTION statement_is_closed() RETURNS trigger LANGUAGE plpgsql AS $function$
   BEGIN
     RAISE EXCEPTION 'a closed statement does not change' USING ERRCODE = 'integrity_constraint_violation';
   END $function$`,
  ...['statement', 'statement_line'].map(
    (table) =>
      `CREATE TRIGGER ${table}_is_closed BEFORE UPDATE OR DELETE ON ${table}
       FOR EACH ROW EXECUTE FUNCTION statement_is_closed()`,
  ),
];

export class Money202611231650 implements MigrationInterface {
  readonly name = 'Money202611231650';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `ALTER TABLE meter ADD provider_id text NOT NULL DEFAULT ''`,
      `CREATE INDEX meter_of_time ON meter (organization_id, started_at)`,
      ...disjointMeters,
      ...createTables,
      ...immutableStatements,
      ...tables.flatMap((table) => protectByOrganization(table)),
      ...grantLeasing('statement_closing'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await runner.query(`DROP TABLE ${table}`);
    await runner.query(`DROP FUNCTION statement_is_closed`);
    await runner.query(`ALTER TABLE meter DROP CONSTRAINT meter_disjoint, DROP provider_id`);
  }
}
