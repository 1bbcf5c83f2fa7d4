import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { verifySoon } from '../postgres/verify-soon.js';

/**
 * A machine has enrolled: it is verified at once. The event may overtake the one that tells of the machine itself, as
 * they come from two services; then the row waits here, without a server, until the other arrives.
 */
export const onMachineIdentity = (clock: Clock) =>
  consumer(topics.machineIdentity, async (tx, { message, organizationId, version }) => {
    await tx.query(
      `INSERT INTO machine (id, organization_id, runner_id, pool_id, hetzner_project_id, generation, server_id, enrolled_generation, identity_version)
       VALUES ($1, $2, $3, $4, '', $5, 0, $5, $6)
       ON CONFLICT (id) DO UPDATE SET enrolled_generation = excluded.enrolled_generation, identity_version = excluded.identity_version
       WHERE machine.identity_version < excluded.identity_version`,
      [
        message.machineId,
        organizationId,
        message.runnerId,
        message.poolId,
        message.generation,
        version.toString(),
      ],
    );
    await verifySoon(tx, message.machineId, clock.now());
  });
