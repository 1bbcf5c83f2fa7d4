import {
  appSeesItsOrganization,
  enableRowSecurity,
  grant,
  workerSeesEveryOrganization,
  type MigrationClass,
} from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Protects a table of this library: the app role is bound to its organisation, the worker role tidies up. */
const protect = (table: string, app: string, worker: string): string[] => [
  ...enableRowSecurity(table),
  appSeesItsOrganization(table),
  workerSeesEveryOrganization(table, 'ALL'),
  grant(app, table, 'app'),
  grant(worker, table, 'worker'),
];

/** Events on their way out, what was already handled, and what could not be. */
export class CreateMessaging1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [
      `CREATE TABLE outbox (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, organization_id text NOT NULL,
         topic text NOT NULL, key text NOT NULL, headers jsonb NOT NULL, payload bytea NOT NULL,
         appended_at timestamptz NOT NULL DEFAULT now())`,
      ...protect('outbox', 'INSERT', 'SELECT, DELETE'),
      `CREATE TABLE inbox (topic text NOT NULL, event_id text NOT NULL, organization_id text NOT NULL,
         started integer NOT NULL DEFAULT 0, finished integer NOT NULL DEFAULT 0,
         outcome text CHECK (outcome IN ('handled', 'parked')), settled_at timestamptz,
         PRIMARY KEY (topic, event_id))`,
      'CREATE INDEX ON inbox (settled_at) WHERE settled_at IS NOT NULL',
      ...protect('inbox', 'SELECT, INSERT, UPDATE', 'SELECT, INSERT, UPDATE, DELETE'),
      `CREATE TABLE dead_letter (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, organization_id text NOT NULL,
         topic text NOT NULL, event_id text NOT NULL, key text NOT NULL, headers jsonb NOT NULL, payload bytea NOT NULL,
         reason text NOT NULL, detail text NOT NULL, parked_at timestamptz NOT NULL DEFAULT now(),
         UNIQUE (topic, event_id))`,
      ...protect('dead_letter', 'SELECT, INSERT, DELETE', 'SELECT, INSERT, DELETE'),
    ]) {
      await runner.query(sql);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbox, inbox, dead_letter');
  }
}

/** How often in a row an event was begun with nothing else in hand, and never ended. */
export class CountAlone1790000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE inbox ADD COLUMN alone integer NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE inbox DROP COLUMN alone');
  }
}

/** Which parked messages an operator wants tried again, and which of those failed again. */
export class AskForReplay1790000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE dead_letter ADD COLUMN replay_asked_at timestamptz, ADD COLUMN replay_failed_at timestamptz',
    );
    await runner.query(grant('UPDATE (replay_asked_at, replay_failed_at, detail)', 'dead_letter', 'worker'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE dead_letter DROP COLUMN replay_asked_at, DROP COLUMN replay_failed_at');
  }
}

/** The changes that subscriptions read, gapless per organisation. */
export class CreateChangeLog1790000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [
      `CREATE TABLE change_counter (organization_id text PRIMARY KEY, last_seq bigint NOT NULL,
         pruned_seq bigint NOT NULL DEFAULT 0)`,
      ...protect('change_counter', 'SELECT, INSERT, UPDATE', 'SELECT, UPDATE (pruned_seq)'),
      `CREATE TABLE change_log (organization_id text NOT NULL, seq bigint NOT NULL, kind text NOT NULL,
         subject_id text NOT NULL, payload jsonb NOT NULL, at timestamptz NOT NULL,
         logged_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (organization_id, seq))`,
      'CREATE INDEX ON change_log (logged_at)',
      ...protect('change_log', 'SELECT, INSERT', 'SELECT, DELETE'),
    ]) {
      await runner.query(sql);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE change_log, change_counter');
  }
}

/** Listed first by every service that speaks over the bus. */
export const messagingMigrations: MigrationClass[] = [
  CreateMessaging1790000000000,
  CountAlone1790000000002,
  AskForReplay1790000000003,
];

/** Listed by every service that has subscriptions. */
export const changeLogMigration: MigrationClass = CreateChangeLog1790000000001;
