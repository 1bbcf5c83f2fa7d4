import type { EntityManager } from 'typeorm';
import { MOST_MEASURED, type TimeToReady } from '../../domain/time-to-ready.js';
import type { Ledger } from '../../ledger-port.js';

const insert = `
  INSERT INTO time_to_ready (runner_id, ready_at, organization_id, pool_id, prepared_by, seconds)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`;

const forget = `
  DELETE FROM time_to_ready WHERE pool_id = $1 AND prepared_by = $2 AND (ready_at, runner_id) IN (
    SELECT ready_at, runner_id FROM time_to_ready WHERE pool_id = $1 AND prepared_by = $2
    ORDER BY ready_at DESC, runner_id DESC OFFSET ${MOST_MEASURED})`;

export const readinessStore = (tx: EntityManager): Ledger['readiness'] => ({
  async record({ id, poolId, organizationId }, at, { by, seconds }) {
    await tx.query(insert, [id, at, organizationId, poolId, by, seconds]);
    await tx.query(forget, [poolId, by]);
  },
  of: (poolId) =>
    tx.query<TimeToReady[]>('SELECT prepared_by AS "by", seconds FROM time_to_ready WHERE pool_id = $1', [
      poolId,
    ]),
});
