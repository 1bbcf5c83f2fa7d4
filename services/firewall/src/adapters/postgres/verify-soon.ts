import { makeDue } from '@cleanroom/persistence';
import type { EntityManager } from 'typeorm';
import { firstLookSeconds, secondsAfter } from '../../domain/check-intervals.js';

/**
 * Has the machines of a project looked at, once this one gives a reason: it has enrolled and is not known to be protected.
 * What else happens to a machine, and that is most, changes nothing that a look could see.
 */
export async function verifySoon(tx: EntityManager, machineId: string, now: Date): Promise<void> {
  const [found]: { project: string; machines: number }[] = await tx.query(
    `SELECT hetzner_project_id AS project, (SELECT count(*)::int FROM machine AS other
         WHERE other.hetzner_project_id = machine.hetzner_project_id AND NOT other.deleted) AS machines
       FROM machine WHERE id = $1 AND server_id > 0 AND NOT deleted AND NOT protected AND enrolled_generation = generation`,
    [machineId],
  );
  if (!found) return;
  const at = secondsAfter(now, firstLookSeconds(found.machines));
  await makeDue(tx, 'verification', found.project, at);
}
