import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { makeDue } from '@cleanroom/persistence';
import { keepHetznerProject } from '@cleanroom/service-kit';
import { wakeRunnersWhere } from './wake-runners.js';

/** Learns of a project and its credentials. New ones let everything go on that had stopped for want of them. */
export const onHetznerProject = (clock: Clock) =>
  consumer(topics.hetznerProject, async (tx, event) => {
    if (!(await keepHetznerProject(tx, 'provisioning', event))) return;
    const { hetznerProjectId, sshKeyId } = event.message;
    await tx.query(`UPDATE hetzner_project SET ssh_key_id = $2, refused_until = NULL WHERE id = $1`, [
      hetznerProjectId,
      sshKeyId.toString(),
    ]);
    await tx.query(`INSERT INTO observation (id, organization_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      hetznerProjectId,
      event.organizationId,
    ]);
    await makeDue(tx, 'observation', hetznerProjectId, clock.now());
    await wakeRunnersWhere(tx, clock, 'hetzner_project_id = $1', hetznerProjectId);
  });
