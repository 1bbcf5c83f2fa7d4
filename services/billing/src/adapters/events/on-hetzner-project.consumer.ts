import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { makeDue } from '@cleanroom/persistence';
import { keepHetznerProject } from '@cleanroom/service-kit';

/** Learns of a project and its credentials, and reads its prices at once. */
export const onHetznerProject = (clock: Clock) =>
  consumer(topics.hetznerProject, async (tx, event) => {
    if (!(await keepHetznerProject(tx, 'billing', event))) return;
    const { hetznerProjectId } = event.message;
    await tx.query(`INSERT INTO price_reading (id, organization_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      hetznerProjectId,
      event.organizationId,
    ]);
    await makeDue(tx, 'price_reading', hetznerProjectId, clock.now());
  });
