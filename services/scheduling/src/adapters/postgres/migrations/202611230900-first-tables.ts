import { grantLeasing, leaseColumns, protectByOrganization } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const connections = [
  `CREATE TABLE gitlab_connection (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, status text NOT NULL,
     url text NOT NULL, access_token bytea, webhook_url text NOT NULL, deleted boolean NOT NULL,
     signing_token bytea NOT NULL, plain_token bytea NOT NULL, ${leaseColumns})`,
  `CREATE TABLE gitlab_project (
     id text PRIMARY KEY, organization_id text NOT NULL, connection_id text NOT NULL,
     project_id bigint NOT NULL, path text NOT NULL, ${leaseColumns},
     UNIQUE (connection_id, project_id))`,
  `CREATE TABLE gitlab_hook (
     id text PRIMARY KEY, organization_id text NOT NULL, connection_id text NOT NULL,
     target_kind text NOT NULL CHECK (target_kind IN ('group', 'project')), target_id bigint NOT NULL,
     state text NOT NULL, gitlab_hook_id bigint, unwanted boolean NOT NULL, ${leaseColumns},
     UNIQUE (connection_id, target_kind, target_id))`,
  `CREATE TABLE webhook_hint (
     id text PRIMARY KEY, organization_id text NOT NULL, connection_id text NOT NULL,
     project_id bigint NOT NULL, gitlab_job_id bigint NOT NULL, received_at timestamptz NOT NULL, ${leaseColumns})`,
  `CREATE INDEX ON webhook_hint (connection_id, received_at)`,
];

const replicas = [
  `CREATE TABLE pool (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, name text NOT NULL,
     connection_id text NOT NULL, scope_kind text NOT NULL, scope_path text NOT NULL, scope_id bigint NOT NULL,
     tags text[] NOT NULL, run_untagged boolean NOT NULL, size integer NOT NULL,
     paused boolean NOT NULL, deleting boolean NOT NULL, deleted boolean NOT NULL)`,
  `CREATE INDEX ON pool (connection_id)`,
  `CREATE TABLE runner (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, pool_id text NOT NULL,
     name text NOT NULL, state text NOT NULL, state_since timestamptz NOT NULL, state_reason text NOT NULL,
     has_machine boolean NOT NULL, gitlab_runner_id bigint)`,
  `CREATE INDEX ON runner (pool_id)`,
  `CREATE TABLE gitlab_runner (
     runner_id text NOT NULL, gitlab_runner_id bigint NOT NULL, organization_id text NOT NULL, pool_id text NOT NULL,
     PRIMARY KEY (runner_id, gitlab_runner_id))`,
  `CREATE INDEX ON gitlab_runner (gitlab_runner_id)`,
];

const own = [
  `CREATE TABLE job (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, connection_id text NOT NULL,
     project_id bigint NOT NULL, project_path text NOT NULL, gitlab_job_id bigint NOT NULL, name text NOT NULL,
     status text NOT NULL, tags text[] NOT NULL, pool_id text, gitlab_runner_id bigint,
     queued_at timestamptz NOT NULL, started_at timestamptz, finished_at timestamptz, vanished boolean NOT NULL,
     UNIQUE (connection_id, project_id, gitlab_job_id))`,
  `CREATE INDEX ON job (organization_id, id)`,
  `CREATE INDEX ON job (pool_id) WHERE status = 'QUEUED'`,
  `CREATE INDEX ON job (connection_id, project_id) WHERE status IN ('QUEUED', 'RUNNING')`,
  `CREATE INDEX ON job (connection_id, gitlab_runner_id) WHERE gitlab_runner_id IS NOT NULL`,
  `CREATE TABLE schedule (
     id text PRIMARY KEY, organization_id text NOT NULL, name text NOT NULL, time_zone text NOT NULL,
     windows jsonb NOT NULL, holidays jsonb NOT NULL, created_at timestamptz NOT NULL)`,
  `CREATE TABLE schedule_override (
     id text PRIMARY KEY, organization_id text NOT NULL,
     schedule_id text NOT NULL REFERENCES schedule (id) ON DELETE CASCADE,
     from_at timestamptz NOT NULL, to_at timestamptz NOT NULL, warm integer NOT NULL, reason text NOT NULL,
     CHECK (from_at < to_at))`,
  `CREATE INDEX ON schedule_override (schedule_id)`,
  // The reference refuses the deletion of a schedule in use even where an assignment commits at the same moment.
  `CREATE TABLE capacity_decision (
     id text PRIMARY KEY, organization_id text NOT NULL, schedule_id text REFERENCES schedule (id),
     version bigint NOT NULL, wanted integer NOT NULL, busy integer NOT NULL, warm integer NOT NULL,
     queued integer NOT NULL, because text NOT NULL, decided_at timestamptz NOT NULL, ${leaseColumns})`,
  `CREATE INDEX ON capacity_decision (schedule_id)`,
];

const work = ['gitlab_connection', 'gitlab_project', 'gitlab_hook', 'webhook_hint', 'capacity_decision'];
const tables = [...work, 'pool', 'runner', 'gitlab_runner', 'job', 'schedule', 'schedule_override'];

/** Connections, projects, hooks and hints; pools and runners as others describe them; jobs, schedules, decisions. */
export class FirstTables202611230900 implements MigrationInterface {
  readonly name = 'FirstTables202611230900';

  async up(queries: QueryRunner): Promise<void> {
    const statements = [...connections, ...replicas, ...own];
    statements.push(
      ...tables.flatMap((table) => protectByOrganization(table)),
      ...work.flatMap(grantLeasing),
    );
    for (const statement of statements) await queries.query(statement);
  }

  async down(queries: QueryRunner): Promise<void> {
    for (const table of [
      'capacity_decision',
      ...tables.filter((name) => name !== 'capacity_decision'),
    ].reverse()) {
      await queries.query(`DROP TABLE IF EXISTS ${table} CASCADE`);
    }
  }
}
