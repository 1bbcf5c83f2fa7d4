import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { makeDue } from '@cleanroom/persistence';

/** Learns a pool's firewall policies: new orders carry their labels at once, living servers with the next look. */
export const onPoolPolicies = (clock: Clock) =>
  consumer(topics.poolPolicies, async (tx, { message, version }) => {
    const [changed]: [{ hetzner_project_id: string }[]] = await tx.query(
      `UPDATE pool SET policy_ids = $2, policies_version = $3 WHERE id = $1 AND policies_version < $3 RETURNING hetzner_project_id`,
      [message.poolId, message.policyIds, version.toString()],
    );
    const project = changed[0]?.hetzner_project_id;
    if (project) await makeDue(tx, 'observation', project, clock.now());
  });
