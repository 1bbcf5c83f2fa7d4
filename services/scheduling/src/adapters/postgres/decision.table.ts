import { EntitySchema } from 'typeorm';
import type { Decision } from '../../ledger-port.js';
import { bigNumber } from './big-number.js';

/** One row for each pool that is known; due at the next edge of the schedule that it follows. */
export const DecisionTable = new EntitySchema<Decision>({
  name: 'capacity_decision',
  columns: {
    poolId: { type: 'text', name: 'id', primary: true },
    organizationId: { type: 'text', name: 'organization_id' },
    scheduleId: { type: 'text', name: 'schedule_id', nullable: true },
    version: { type: 'bigint', transformer: bigNumber },
    wanted: { type: 'int' },
    busy: { type: 'int' },
    warm: { type: 'int' },
    queued: { type: 'int' },
    because: { type: 'text' },
    decidedAt: { type: 'timestamptz', name: 'decided_at' },
  },
});
