import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was seen in force on a machine, when all machines of a project were last looked at, and since when a firewall is
 * as it is wanted: a look from before that tells nothing of it. Of machines that were verified already it is not known
 * which policies were seen: they count as not in force until the next look, within a minute. The old version knows none
 * of the columns, and what it writes meanwhile leaves them too old, never too new.
 */
export class SeenInForce202611301850 implements MigrationInterface {
  readonly name = 'SeenInForce202611301850';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE machine ADD in_force text[] NOT NULL DEFAULT '{}'`);
    await runner.query(`ALTER TABLE verification ADD looked_at timestamptz`);
    for (const table of ['policy_firewall', 'baseline_firewall'])
      await runner.query(`ALTER TABLE ${table} ADD changed_at timestamptz NOT NULL DEFAULT 'epoch'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['baseline_firewall', 'policy_firewall'])
      await runner.query(`ALTER TABLE ${table} DROP changed_at`);
    await runner.query(`ALTER TABLE verification DROP looked_at`);
    await runner.query(`ALTER TABLE machine DROP in_force`);
  }
}
