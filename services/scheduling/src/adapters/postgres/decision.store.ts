import type { EntityManager } from 'typeorm';
import type { Ledger } from '../../ledger-port.js';
import { DecisionTable } from './decision.table.js';

const first = `
  INSERT INTO capacity_decision (id, organization_id, version, wanted, busy, warm, queued, because, decided_at)
  VALUES ($1, $2, 0, 0, 0, 0, 0, '', to_timestamp(0)) ON CONFLICT (id) DO NOTHING`;

export const decisionStore = (tx: EntityManager): Ledger['decisions'] => {
  const rows = tx.getRepository(DecisionTable);
  return {
    async lock(poolId, organizationId) {
      await tx.query(first, [poolId, organizationId]);
      return rows.findOneOrFail({ where: { poolId }, lock: { mode: 'pessimistic_write' } });
    },
    async save(decision, dueAt) {
      await rows.update({ poolId: decision.poolId }, decision);
      await tx.query('UPDATE capacity_decision SET due_at = $2 WHERE id = $1', [decision.poolId, dueAt]);
    },
  };
};
