import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { wakeRunnersWhere } from './wake-runners.js';

/**
 * Learns the id of the baseline firewall that goes into every order. It may arrive before the project itself, which
 * comes from another service: then the row waits for that, unusable.
 */
export const onBaselineFirewall = (clock: Clock) =>
  consumer(topics.baselineFirewall, async (tx, { message, organizationId, version }) => {
    await tx.query(
      `INSERT INTO hetzner_project (id, organization_id, baseline_version, baseline_firewall_id) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO UPDATE SET baseline_version = excluded.baseline_version, baseline_firewall_id = excluded.baseline_firewall_id
       WHERE hetzner_project.baseline_version < excluded.baseline_version`,
      [message.hetznerProjectId, organizationId, version.toString(), message.firewallId.toString()],
    );
    await wakeRunnersWhere(tx, clock, 'hetzner_project_id = $1', message.hetznerProjectId);
  });
