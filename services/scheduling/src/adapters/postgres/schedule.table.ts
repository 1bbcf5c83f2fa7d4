import { EntitySchema } from 'typeorm';
import type { Schedule, ScheduleOverride } from '../../domain/schedule.js';

/** Schedules; windows and holidays are read and replaced as a whole only. */
export const ScheduleTable = new EntitySchema<Omit<Schedule, 'overrides'>>({
  name: 'schedule',
  columns: {
    id: { type: 'text', primary: true },
    organizationId: { type: 'text', name: 'organization_id' },
    name: { type: 'text' },
    timeZone: { type: 'text', name: 'time_zone' },
    windows: { type: 'jsonb' },
    holidays: { type: 'jsonb' },
    holidayCountry: { type: 'text', name: 'holiday_country', nullable: true },
    createdAt: { type: 'timestamptz', name: 'created_at' },
  },
});

export type OverrideRow = ScheduleOverride & {
  readonly organizationId: string;
  readonly scheduleId: string;
};

/** Exceptions from a schedule for a while. */
export const OverrideTable = new EntitySchema<OverrideRow>({
  name: 'schedule_override',
  columns: {
    id: { type: 'text', primary: true },
    organizationId: { type: 'text', name: 'organization_id' },
    scheduleId: { type: 'text', name: 'schedule_id' },
    from: { type: 'timestamptz', name: 'from_at' },
    to: { type: 'timestamptz', name: 'to_at' },
    warm: { type: 'int' },
    reason: { type: 'text' },
  },
});
