import { topics } from '@cleanroom/contracts';
import { consumer } from '@cleanroom/messaging';

/** Learns which connections are in use. */
export const onPool = () =>
  consumer(topics.pool, async (tx, { message, organizationId, version }) => {
    await tx.query(
      `INSERT INTO known_pool (id, organization_id, version, hetzner_project_id, gitlab_connection_id, deleted)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, deleted = excluded.deleted
       WHERE known_pool.version < excluded.version`,
      [
        message.poolId,
        organizationId,
        version.toString(),
        message.hetznerProjectId,
        message.gitlabConnectionId,
        message.deleted,
      ],
    );
  });
