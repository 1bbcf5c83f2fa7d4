import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of those that share a name the oldest keeps it; its id, cut or not, is nobody else's. */
const distinguish = `
  UPDATE schedule SET name = left(schedule.name, 60) || ' ' || schedule.id
  FROM (SELECT id, row_number() OVER (PARTITION BY organization_id, name ORDER BY id) AS place FROM schedule) AS namesake
  WHERE namesake.id = schedule.id AND place > 1`;

/** A schedule is known by its name within its organisation. */
export class ScheduleNames202611231430 implements MigrationInterface {
  readonly name = 'ScheduleNames202611231430';

  async up(queries: QueryRunner): Promise<void> {
    await queries.query('ALTER TABLE schedule NO FORCE ROW LEVEL SECURITY');
    await queries.query(distinguish);
    await queries.query('ALTER TABLE schedule FORCE ROW LEVEL SECURITY');
    await queries.query('CREATE UNIQUE INDEX schedule_name ON schedule (organization_id, name)');
  }

  async down(queries: QueryRunner): Promise<void> {
    await queries.query('DROP INDEX schedule_name');
  }
}
