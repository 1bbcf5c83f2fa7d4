import { grantLeasing, leaseColumns, protectByOrganization } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables whose rows belong to one organisation. */
export const organizationTables = [
  'hetzner_project',
  'pool',
  'firewall_policy',
  'pool_policy',
  'baseline_firewall',
  'policy_firewall',
  'verification',
  'machine',
];

const workTables = ['baseline_firewall', 'policy_firewall', 'verification'];

const createTables = [
  `CREATE TABLE hetzner_project (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, endpoint text NOT NULL,
     usable boolean NOT NULL, deleted boolean NOT NULL, token_sealed bytea)`,
  `CREATE TABLE pool (
     id text PRIMARY KEY, organization_id text NOT NULL, version bigint NOT NULL, hetzner_project_id text NOT NULL,
     deleted boolean NOT NULL, policies_version integer NOT NULL DEFAULT 0)`,
  `CREATE TABLE firewall_policy (
     id text PRIMARY KEY, organization_id text NOT NULL, name text NOT NULL, inbound jsonb NOT NULL, outbound jsonb NOT NULL,
     created_at timestamptz NOT NULL, deleted boolean NOT NULL)`,
  // A name is free again once its policy is deleted.
  `CREATE UNIQUE INDEX firewall_policy_name ON firewall_policy (organization_id, name) WHERE NOT deleted`,
  `CREATE TABLE pool_policy (
     pool_id text NOT NULL REFERENCES pool, policy_id text NOT NULL REFERENCES firewall_policy,
     organization_id text NOT NULL, PRIMARY KEY (pool_id, policy_id))`,
  `CREATE TABLE baseline_firewall (
     id text PRIMARY KEY, organization_id text NOT NULL, version integer NOT NULL DEFAULT 0,
     firewall_id bigint NOT NULL DEFAULT 0, ${leaseColumns})`,
  `CREATE TABLE policy_firewall (
     id text PRIMARY KEY, organization_id text NOT NULL, policy_id text NOT NULL, hetzner_project_id text NOT NULL,
     firewall_id bigint NOT NULL DEFAULT 0, status text NOT NULL DEFAULT 'PENDING', ${leaseColumns})`,
  `CREATE TABLE verification (id text PRIMARY KEY, organization_id text NOT NULL, ${leaseColumns})`,
  `CREATE TABLE machine (
     id text PRIMARY KEY, organization_id text NOT NULL, runner_id text NOT NULL, pool_id text NOT NULL,
     hetzner_project_id text NOT NULL, generation integer NOT NULL, server_id bigint NOT NULL,
     enrolled_generation integer NOT NULL DEFAULT 0, deleted boolean NOT NULL DEFAULT false,
     source_version bigint NOT NULL DEFAULT 0, identity_version bigint NOT NULL DEFAULT 0,
     version integer NOT NULL DEFAULT 0, protected boolean NOT NULL DEFAULT false, verified_at timestamptz)`,
  `CREATE INDEX machine_living ON machine (hetzner_project_id) WHERE NOT deleted`,
  `CREATE INDEX machine_of_runner ON machine (runner_id)`,
];

export class Firewall202611230900 implements MigrationInterface {
  readonly name = 'Firewall202611230900';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...createTables,
      ...organizationTables.flatMap((table) => protectByOrganization(table)),
      ...workTables.flatMap((table) => grantLeasing(table)),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...organizationTables].reverse()) await runner.query(`DROP TABLE ${table} CASCADE`);
  }
}
