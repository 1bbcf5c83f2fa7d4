import {
  forRole,
  grantLeasing,
  leaseColumns,
  protectByOrganization,
  sharedByOrganizations,
} from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables whose rows belong to one organisation. */
export const organizationTables = [
  'organization',
  'api_token',
  'hetzner_project',
  'gitlab_connection',
  'hetzner_check',
  'gitlab_check',
  'known_pool',
  'static_ip',
  'sighted_ip',
  'machine',
  'workload',
  'audit_log',
];

const workTables = ['hetzner_check', 'gitlab_check', 'static_ip'];

const createAccounts = [
  `CREATE TABLE organization (id text PRIMARY KEY, organization_id text NOT NULL CHECK (id = organization_id), name text NOT NULL)`,
  `CREATE TABLE api_token (
     id text PRIMARY KEY, organization_id text NOT NULL, name text NOT NULL, role text NOT NULL, hash bytea NOT NULL UNIQUE,
     created_at timestamptz NOT NULL, last_used_at timestamptz, expires_at timestamptz, revoked_at timestamptz)`,
  `CREATE TABLE audit_log (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, organization_id text NOT NULL, at timestamptz NOT NULL,
     actor text NOT NULL, action text NOT NULL, subject text NOT NULL)`,
];

const createConnections = [
  `CREATE TABLE hetzner_project (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, name text NOT NULL, endpoint text NOT NULL,
     status text NOT NULL, last_checked_at timestamptz, ssh_key_id bigint NOT NULL, deleted boolean NOT NULL, token_sealed bytea)`,
  `CREATE TABLE gitlab_connection (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, name text NOT NULL, url text NOT NULL,
     status text NOT NULL, last_checked_at timestamptz, deleted boolean NOT NULL, token_sealed bytea)`,
  `CREATE TABLE hetzner_check (id text PRIMARY KEY, organization_id text NOT NULL, ${leaseColumns})`,
  `CREATE TABLE gitlab_check (id text PRIMARY KEY, organization_id text NOT NULL, ${leaseColumns})`,
  `CREATE TABLE known_pool (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, hetzner_project_id text NOT NULL,
     gitlab_connection_id text NOT NULL, deleted boolean NOT NULL)`,
];

const createStaticIps = [
  `CREATE TABLE static_ip (
     id text PRIMARY KEY, organization_id text NOT NULL, pool_id text NOT NULL, hetzner_project_id text NOT NULL,
     version bigint NOT NULL DEFAULT 0, source_version bigint NOT NULL, status text NOT NULL, reason text NOT NULL DEFAULT '',
     seat integer NOT NULL, locations text[] NOT NULL, refusals integer NOT NULL DEFAULT 0, location text NOT NULL DEFAULT '',
     primary_ip_id bigint NOT NULL DEFAULT 0, address text NOT NULL DEFAULT '', created_at timestamptz, last_seen_at timestamptz,
     released_at timestamptz, ${leaseColumns})`,
  `CREATE INDEX static_ip_of_project ON static_ip (hetzner_project_id)`,
  `CREATE TABLE sighted_ip (
     organization_id text NOT NULL, hetzner_project_id text NOT NULL, primary_ip_id bigint NOT NULL,
     PRIMARY KEY (hetzner_project_id, primary_ip_id))`,
];

const createMachines = [
  `CREATE TABLE machine (
     id text PRIMARY KEY, organization_id text NOT NULL, runner_id text NOT NULL, pool_id text NOT NULL,
     source_version bigint NOT NULL, version bigint NOT NULL DEFAULT 0, generation integer NOT NULL, address text NOT NULL,
     ticket_hash bytea NOT NULL, ticket_expires_at timestamptz NOT NULL, ticket_used_at timestamptz, used_real_at timestamptz,
     public_key text, credential_hash bytea UNIQUE, credential_expires_at timestamptz, revoked boolean NOT NULL DEFAULT false,
     deleted boolean NOT NULL DEFAULT false, quarantined boolean NOT NULL DEFAULT false)`,
  `CREATE TABLE workload (id text PRIMARY KEY, organization_id text NOT NULL, last_token_issued_at timestamptz NOT NULL)`,
];

/** Belong to the installation: a nonce is used before anybody knows whose it is, and all tokens have one issuer. */
const createShared = [
  `CREATE TABLE proof_nonce (nonce text PRIMARY KEY, seen_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE oidc_key (id text PRIMARY KEY, signs_from timestamptz NOT NULL UNIQUE, public_jwk jsonb NOT NULL, private_sealed bytea NOT NULL)`,
];

export class Identity202611230900 implements MigrationInterface {
  readonly name = 'Identity202611230900';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...createAccounts,
      ...createConnections,
      ...createStaticIps,
      ...createMachines,
      ...createShared,
      ...organizationTables.flatMap((table) => protectByOrganization(table)),
      ...workTables.flatMap((table) => grantLeasing(table)),
      ...sharedByOrganizations('proof_nonce'),
      ...sharedByOrganizations('oidc_key'),
      // What is in the audit log stays as it is.
      forRole('app', 'REVOKE UPDATE, DELETE ON audit_log FROM %1$I'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...organizationTables].reverse()) await runner.query(`DROP TABLE ${table}`);
    await runner.query(`DROP TABLE proof_nonce, oidc_key`);
  }
}
