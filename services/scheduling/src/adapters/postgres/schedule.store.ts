import { isId } from '@cleanroom/kernel';
import { In, type EntityManager, type FindOneOptions } from 'typeorm';
import type { Schedule } from '../../domain/schedule.js';
import type { Ledger } from '../../ledger-port.js';
import { withPublicHolidays } from '../holidays/with-public-holidays.js';
import { OverrideTable, ScheduleTable, type OverrideRow } from './schedule.table.js';

type ScheduleRow = Omit<Schedule, 'overrides'>;

export const scheduleStore = (tx: EntityManager): Ledger['schedules'] => {
  const schedules = tx.getRepository(ScheduleTable);
  const overrides = tx.getRepository(OverrideTable);
  const read = async (id: string, lock?: FindOneOptions['lock']): Promise<Schedule | undefined> => {
    const row = isId('schedule', id) ? await schedules.findOne({ where: { id }, lock }) : null;
    return row ? (await withOverrides(tx, [row]))[0] : undefined;
  };
  return {
    find: (id) => read(id),
    async rules(id, around) {
      const schedule = await read(id);
      return schedule && withPublicHolidays(schedule, around);
    },
    lock: (id) => read(id, { mode: 'pessimistic_write' }),
    findByName: (name) => readByName(tx, name),
    async save({ overrides: _apart, ...schedule }) {
      await schedules.upsert(rowOf(schedule), ['id']);
    },
    async remove(id) {
      await schedules.delete({ id });
    },
    async addOverride(scheduleId, override) {
      const { organizationId } = await schedules.findOneByOrFail({ id: scheduleId });
      await overrides.insert({ ...override, scheduleId, organizationId });
    },
    async removeOverride(id) {
      if (!isId('override', id)) return undefined;
      const row = await overrides.findOneBy({ id });
      if (row) await overrides.delete({ id });
      return row?.scheduleId;
    },
    async poolsOf(scheduleId) {
      const query = 'SELECT id FROM capacity_decision WHERE schedule_id = $1 ORDER BY id';
      const found = await tx.query<{ id: string }[]>(query, [scheduleId]);
      return found.map(({ id }) => id);
    },
  };
};

async function readByName(tx: EntityManager, name: string): Promise<Schedule | undefined> {
  const lock = 'SELECT pg_advisory_xact_lock(hashtextextended(cleanroom_organization() || $1, 0))';
  await tx.query(lock, [name]);
  const row = await tx.getRepository(ScheduleTable).findOneBy({ name });
  return row ? (await withOverrides(tx, [row]))[0] : undefined;
}

/** Schedules with their overrides, in the order of the rows. */
export const withOverrides = async (tx: EntityManager, rows: readonly ScheduleRow[]): Promise<Schedule[]> => {
  const where = { scheduleId: In(rows.map(({ id }) => id)) };
  const found = await tx.getRepository(OverrideTable).find({ where, order: { from: 'ASC', id: 'ASC' } });
  return rows.map((row) => ({
    ...row,
    overrides: found.filter(({ scheduleId }) => scheduleId === row.id).map(overrideOf),
  }));
};

const overrideOf = ({ id, from, to, warm, reason }: OverrideRow): Schedule['overrides'][number] => ({
  id,
  from,
  to,
  warm,
  reason,
});

const rowOf = (schedule: ScheduleRow): ScheduleRow => ({
  ...schedule,
  windows: schedule.windows.map((window) => ({ ...window })),
});
