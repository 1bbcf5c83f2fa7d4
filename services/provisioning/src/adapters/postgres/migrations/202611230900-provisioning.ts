import { grantLeasing, leaseColumns, protectByOrganization } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables whose rows belong to one organisation. */
export const organizationTables = [
  'hetzner_project',
  'gitlab_connection',
  'pool',
  'runner',
  'machine',
  'timeline',
  'sold_out',
  'sighting',
  'observation',
];

const workTables = ['pool', 'runner', 'observation'];

const createConnections = [
  `CREATE TABLE hetzner_project (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL DEFAULT 0, endpoint text NOT NULL DEFAULT '',
     usable boolean NOT NULL DEFAULT false, deleted boolean NOT NULL DEFAULT false, token_sealed bytea,
     ssh_key_id bigint NOT NULL DEFAULT 0, baseline_version bigint NOT NULL DEFAULT 0, baseline_firewall_id bigint NOT NULL DEFAULT 0)`,
  `CREATE TABLE gitlab_connection (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, url text NOT NULL,
     usable boolean NOT NULL, deleted boolean NOT NULL, token_sealed bytea)`,
];

const createPool = [
  `CREATE TABLE pool (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, name text NOT NULL,
     gitlab_connection_id text NOT NULL, hetzner_project_id text NOT NULL, scope_kind text NOT NULL, scope_path text NOT NULL,
     scope_id bigint NOT NULL, tags text[] NOT NULL, run_untagged boolean NOT NULL, server_types text[] NOT NULL,
     locations text[] NOT NULL, image text NOT NULL, size integer NOT NULL CHECK (size BETWEEN 1 AND 500),
     fresh_machine text NOT NULL, idle_timeout_seconds integer NOT NULL, max_machine_age_seconds integer NOT NULL,
     paused boolean NOT NULL DEFAULT false, deleting boolean NOT NULL DEFAULT false, deleted boolean NOT NULL DEFAULT false,
     wanted integer NOT NULL DEFAULT 0, wanted_because text NOT NULL DEFAULT '', decision_version bigint NOT NULL DEFAULT 0,
     policy_ids text[] NOT NULL DEFAULT '{}', policies_version bigint NOT NULL DEFAULT 0,
     created_at timestamptz NOT NULL, ${leaseColumns})`,
  `CREATE UNIQUE INDEX pool_name ON pool (organization_id, name) WHERE NOT deleted`,
];

const createRunner = [
  `CREATE TABLE runner (
     id text PRIMARY KEY, organization_id text NOT NULL, pool_id text NOT NULL REFERENCES pool, hetzner_project_id text NOT NULL,
     version bigint NOT NULL, name text NOT NULL, seat integer NOT NULL, state text NOT NULL, state_since timestamptz NOT NULL,
     state_reason text, attempt integer NOT NULL DEFAULT 0,
     failures integer NOT NULL DEFAULT 0, machine_id text, primary_ip_id bigint NOT NULL DEFAULT 0,
     address text, location text, static_ip_version bigint NOT NULL DEFAULT 0, wanted boolean NOT NULL DEFAULT false,
     wanted_because text, wanted_by text NOT NULL DEFAULT 'scheduling', retry_at timestamptz,
     pinned_until timestamptz, draining boolean NOT NULL DEFAULT false, retiring boolean NOT NULL DEFAULT false,
     ip_released boolean NOT NULL DEFAULT false, ${leaseColumns})`,
  `CREATE INDEX runner_of_pool ON runner (pool_id)`,
  // A seat is taken once; its number is free again when its runner is gone.
  `CREATE UNIQUE INDEX runner_seat ON runner (pool_id, seat) WHERE state <> 'DELETED'`,
];

const createMachine = [
  `CREATE TABLE machine (
     id text PRIMARY KEY, organization_id text NOT NULL, runner_id text NOT NULL REFERENCES runner, pool_id text NOT NULL,
     hetzner_project_id text NOT NULL, version bigint NOT NULL, generation integer NOT NULL, attempt integer NOT NULL,
     server_type text NOT NULL, location text NOT NULL, address text NOT NULL, primary_ip_id bigint NOT NULL,
     server_id bigint NOT NULL DEFAULT 0, ordered_at timestamptz NOT NULL, order_sent_at timestamptz, created_at timestamptz,
     ready_at timestamptz, last_seen_at timestamptz, deleted_at timestamptz, credential_revoked boolean NOT NULL DEFAULT false,
     ticket_hash bytea NOT NULL, ticket_expires_at timestamptz NOT NULL, enrolled_generation integer NOT NULL DEFAULT 0,
     protected_generation integer NOT NULL DEFAULT 0, started_generation integer NOT NULL DEFAULT 0,
     identity_version bigint NOT NULL DEFAULT 0, protection_version bigint NOT NULL DEFAULT 0,
     gitlab_runner_id bigint NOT NULL DEFAULT 0, gitlab_intent_generation integer NOT NULL DEFAULT 0, gitlab_token_sealed bytea,
     job_started boolean NOT NULL DEFAULT false, job_over boolean NOT NULL DEFAULT false,
     gitlab_job_id bigint NOT NULL DEFAULT 0, quiet boolean NOT NULL DEFAULT false, last_report_at timestamptz,
     rebuild_intent_at timestamptz, rebuild_sent boolean NOT NULL DEFAULT false, quarantined boolean NOT NULL DEFAULT false,
     vanished boolean NOT NULL DEFAULT false, delete_sent_at timestamptz, delete_action_id bigint NOT NULL DEFAULT 0,
     delete_started_at timestamptz)`,
  // At most one living machine a runner, and one order a name: whatever races, there is no double.
  `CREATE UNIQUE INDEX machine_living ON machine (runner_id) WHERE deleted_at IS NULL`,
  `CREATE UNIQUE INDEX machine_attempt ON machine (runner_id, attempt)`,
  `CREATE INDEX machine_of_gitlab_runner ON machine (gitlab_runner_id) WHERE gitlab_runner_id > 0`,
];

const createRest = [
  `CREATE TABLE timeline (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, organization_id text NOT NULL, runner_id text NOT NULL,
     at timestamptz NOT NULL, kind text NOT NULL, message text NOT NULL, actor text NOT NULL)`,
  `CREATE INDEX timeline_of_runner ON timeline (runner_id, id DESC)`,
  `CREATE TABLE sold_out (
     organization_id text NOT NULL, hetzner_project_id text NOT NULL, server_type text NOT NULL, location text NOT NULL,
     until timestamptz NOT NULL, PRIMARY KEY (hetzner_project_id, server_type, location))`,
  // Of a Hetzner project or a GitLab connection: what two looks in a row have to have seen before it is deleted.
  `CREATE TABLE sighting (
     organization_id text NOT NULL, source_id text NOT NULL, stray_id bigint NOT NULL, PRIMARY KEY (source_id, stray_id))`,
  `CREATE TABLE observation (id text PRIMARY KEY, organization_id text NOT NULL, ${leaseColumns})`,
];

export class Provisioning202611230900 implements MigrationInterface {
  readonly name = 'Provisioning202611230900';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...createConnections,
      ...createPool,
      ...createRunner,
      ...createMachine,
      ...createRest,
      ...organizationTables.flatMap((table) => protectByOrganization(table)),
      ...workTables.flatMap((table) => grantLeasing(table)),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...organizationTables].reverse()) await runner.query(`DROP TABLE ${table} CASCADE`);
  }
}
