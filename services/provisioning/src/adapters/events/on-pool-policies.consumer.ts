import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { makeDue } from '@cleanroom/persistence';

/** Learns a pool's firewall policies: new orders carry their labels at once, living servers with the next look. */
export const onPoolPolicies = (clock: Clock) =>
  consumer(topics.poolPolicies, async (tx, { message, version }) => {
    const pools: { hetzner_project_id: string }[] = await tx.query(
      `SELECT hetzner_project_id FROM pool WHERE id = $1 AND policies_version < $2`,
      [message.poolId, version.toString()],
    );
    for (const { hetzner_project_id: id } of pools) await makeDue(tx, 'observation', id, clock.now());
    await tx.query(
      `UPDATE pool SET policy_ids = $2, policies_version = $3 WHERE id = $1 AND policies_version < $3`,
      [message.poolId, message.policyIds, version.toString()],
    );
  });
