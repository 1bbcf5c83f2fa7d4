import { runMigrations } from '@cleanroom/persistence';
import { serviceDatabase } from '@cleanroom/testing';
import { migrations } from '../src/adapters/postgres/migrations/index.js';
import { ScheduleNames202611231430 } from '../src/adapters/postgres/migrations/202611231430-schedule-names.js';

it('schedules that shared a name before that was refused are told apart, and the oldest keeps it', async () => {
  const before = migrations.slice(0, migrations.indexOf(ScheduleNames202611231430));
  const db = await serviceDatabase({ name: 'names', migrations: before });
  const insert = (id: string, organization: string, name: string) =>
    db.asAdmin(
      `INSERT INTO schedule (id, organization_id, name, time_zone, windows, holidays, created_at)
       VALUES ($1, $2, $3, 'UTC', '[]', '[]', now())`,
      [id, organization, name],
    );
  const long = 'x'.repeat(100);
  await insert('sch_1', 'org_a', 'Hours');
  await insert('sch_2', 'org_a', 'Hours');
  await insert('sch_3', 'org_b', 'Hours');
  await insert('sch_4', 'org_a', long);
  await insert('sch_5', 'org_a', long);
  await runMigrations({ ownerUrl: db.ownerUrl, migrations });
  expect(await db.asAdmin('SELECT name FROM schedule ORDER BY id')).toEqual(
    ['Hours', 'Hours sch_2', 'Hours', long, `${long.slice(0, 60)} sch_5`].map((name) => ({ name })),
  );
  await expect(insert('sch_6', 'org_a', 'Hours')).rejects.toThrow('schedule_name');
  const [{ relforcerowsecurity: forced } = {}] = await db.asAdmin(
    `SELECT relforcerowsecurity FROM pg_class WHERE relname = 'schedule'`,
  );
  expect(forced).toBe(true);
  await db.close();
});
