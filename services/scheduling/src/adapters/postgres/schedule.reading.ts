import { In, MoreThan, type EntityManager } from 'typeorm';
import type { Schedule } from '../../domain/schedule.js';
import { withOverrides } from './schedule.store.js';
import { ScheduleTable } from './schedule.table.js';

/** One page of an organisation's schedules, oldest first, one more than asked for where there are more. */
export const readSchedules = async (
  tx: EntityManager,
  { limit, after }: { limit: number; after?: string },
): Promise<{ schedules: Schedule[]; totalCount: number }> => {
  const rows = tx.getRepository(ScheduleTable);
  const where = after === undefined ? {} : { id: MoreThan(after) };
  const page = await rows.find({ where, order: { id: 'ASC' }, take: limit + 1 });
  return { schedules: await withOverrides(tx, page), totalCount: await rows.count() };
};

export const readSchedulesById = async (tx: EntityManager, ids: readonly string[]): Promise<Schedule[]> =>
  withOverrides(tx, await tx.getRepository(ScheduleTable).findBy({ id: In([...ids]) }));
