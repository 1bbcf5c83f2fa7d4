import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { makeDue } from '@cleanroom/persistence';
import { keepHetznerProject } from '@cleanroom/service-kit';

/**
 * Learns of a project and its credentials, and begins, or goes on, to keep its firewalls and to verify its machines; or to
 * delete its firewalls, once it was disconnected.
 */
export const onHetznerProject = (clock: Clock) =>
  consumer(topics.hetznerProject, async (tx, event) => {
    if (!(await keepHetznerProject(tx, 'firewall', event, { toCleanUp: true }))) return;
    const { hetznerProjectId } = event.message;
    await tx.query(`UPDATE hetzner_project SET left_at = $2 WHERE id = $1 AND deleted AND left_at IS NULL`, [
      hetznerProjectId,
      clock.now(),
    ]);
    const firewalls: { id: string }[] = await tx.query(
      `SELECT id FROM policy_firewall WHERE hetzner_project_id = $1`,
      [hetznerProjectId],
    );
    // In the order in which everybody takes these rows: the verification's comes last.
    for (const { id } of firewalls) await makeDue(tx, 'policy_firewall', id, clock.now());
    for (const table of ['baseline_firewall', 'verification'] as const) {
      await tx.query(`INSERT INTO ${table} (id, organization_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
        hetznerProjectId,
        event.organizationId,
      ]);
      await makeDue(tx, table, hetznerProjectId, clock.now());
    }
  });
