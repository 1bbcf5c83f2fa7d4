import type { MigrationClass } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The embedded bus: one append-only log per topic and partition, and how far each group has come. */
export class CreateBus1790000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [
      `CREATE TABLE bus_partition (topic text, partition smallint, next_offset bigint NOT NULL DEFAULT 0,
         PRIMARY KEY (topic, partition))`,
      `CREATE TABLE bus_message (topic text, partition smallint, message_offset bigint, key text NOT NULL,
         headers jsonb NOT NULL, payload bytea NOT NULL, published_at timestamptz NOT NULL DEFAULT now(),
         PRIMARY KEY (topic, partition, message_offset))`,
      'CREATE INDEX ON bus_message USING brin (published_at)',
      `CREATE TABLE bus_claim (group_name text, topic text, partition smallint, committed bigint NOT NULL DEFAULT 0,
         owner text, lease_until timestamptz, epoch bigint NOT NULL DEFAULT 0,
         PRIMARY KEY (group_name, topic, partition),
         FOREIGN KEY (topic, partition) REFERENCES bus_partition)`,
      `CREATE TABLE bus_member (group_name text, member text, alive_until timestamptz NOT NULL,
         PRIMARY KEY (group_name, member))`,
      // Small and hot: room on the page keeps their updates from growing indexes.
      'ALTER TABLE bus_partition SET (fillfactor = 50)',
      'ALTER TABLE bus_claim SET (fillfactor = 50)',
    ]) {
      await runner.query(sql);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bus_member, bus_claim, bus_message, bus_partition');
  }
}

/** Run by `openBus` where they are missing. */
export const busMigrations: MigrationClass[] = [CreateBus1790000000100];
