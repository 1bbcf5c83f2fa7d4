import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A Hetzner project is known by its mark, whose id Hetzner gives out once: nobody connects the same one twice. */
export class ConnectedOnce202611231100 implements MigrationInterface {
  readonly name = 'ConnectedOnce202611231100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE UNIQUE INDEX hetzner_project_connected_once ON hetzner_project (endpoint, ssh_key_id) WHERE NOT deleted`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX hetzner_project_connected_once`);
  }
}
