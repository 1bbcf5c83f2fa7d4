import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { verifySoon } from '../postgres/verify-soon.js';

/** Learns of machines. A new generation must be verified anew: the disk is another, and so may be the firewalls. */
export const onMachine = (clock: Clock) =>
  consumer(topics.machine, async (tx, { message, organizationId, version }) => {
    const deleted = message.deletedAt !== undefined;
    await tx.query(
      `INSERT INTO machine (id, organization_id, runner_id, pool_id, hetzner_project_id, generation, server_id, deleted, source_version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (id) DO UPDATE SET generation = excluded.generation, server_id = excluded.server_id, deleted = excluded.deleted,
         source_version = excluded.source_version, runner_id = excluded.runner_id, pool_id = excluded.pool_id,
         hetzner_project_id = excluded.hetzner_project_id,
         verified_at = CASE WHEN machine.generation = excluded.generation THEN machine.verified_at END,
         protected = machine.protected AND machine.generation = excluded.generation AND NOT excluded.deleted
       WHERE machine.source_version < excluded.source_version`,
      [
        message.machineId,
        organizationId,
        message.runnerId,
        message.poolId,
        message.hetznerProjectId,
        message.generation,
        message.serverId.toString(),
        deleted,
        version.toString(),
      ],
    );
    await verifySoon(tx, message.machineId, clock.now());
  });
