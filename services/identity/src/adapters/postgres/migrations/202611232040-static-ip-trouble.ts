import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why an address cannot be had, where that has a name. */
export class StaticIpTrouble202611232040 implements MigrationInterface {
  readonly name = 'StaticIpTrouble202611232040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE static_ip ADD trouble text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE static_ip DROP trouble`);
  }
}
