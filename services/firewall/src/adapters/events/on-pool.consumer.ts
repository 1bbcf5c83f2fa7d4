import { topics } from '@cleanroom/contracts';
import { consumer } from '@cleanroom/messaging';

/** Learns which project a pool's servers are in, and forgets the policies of a pool that is gone. */
export const onPool = () =>
  consumer(topics.pool, async (tx, { message, organizationId, version }) => {
    await tx.query(
      `INSERT INTO pool (id, organization_id, version, hetzner_project_id, deleted) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, deleted = excluded.deleted
       WHERE pool.version < excluded.version`,
      [message.poolId, organizationId, version.toString(), message.hetznerProjectId, message.deleted],
    );
    if (message.deleted) await tx.query(`DELETE FROM pool_policy WHERE pool_id = $1`, [message.poolId]);
  });
