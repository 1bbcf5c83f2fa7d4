import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long machines took to be ready is read whenever somebody looks at the figures. */
export class MachineReadyAt202611302150 implements MigrationInterface {
  readonly name = 'MachineReadyAt202611302150';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX machine_ready_at ON machine (ready_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX machine_ready_at');
  }
}
