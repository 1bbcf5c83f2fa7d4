import { protectByOrganization } from '@cleanroom/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Firewalls that carry our labels and that nobody knows, until the next look at their project. */
export class SightedFirewalls202611302155 implements MigrationInterface {
  readonly name = 'SightedFirewalls202611302155';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE sighted_firewall (
         organization_id text NOT NULL, hetzner_project_id text NOT NULL, firewall_id bigint NOT NULL,
         braked boolean NOT NULL, PRIMARY KEY (hetzner_project_id, firewall_id))`,
    );
    for (const sql of protectByOrganization('sighted_firewall')) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE sighted_firewall`);
  }
}
