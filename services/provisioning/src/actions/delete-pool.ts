import { refusal } from '@cleanroom/kernel';
import type { Pool } from '../domain/pool.js';
import type { Answer, ProvisioningPorts } from '../ports.js';
import { retireRunner } from './retire-runner.js';

/** Begins the end of a pool: running jobs finish, then machines, GitLab runners and static IPs are deleted. */
export async function deletePool(
  ports: ProvisioningPorts,
  organizationId: string,
  id: string,
): Promise<Answer<Pool>> {
  return ports.transactions.inOrganization(organizationId, async (tx) => {
    const pool = await tx.pools.lock(id);
    if (!pool || pool.deleted) return { refusals: [refusal('NOT_FOUND', 'No such pool.', 'id')] };
    if (pool.deleting) return { value: pool };
    for (const runner of await tx.runners.ofPool(id))
      await retireRunner(ports, tx, runner, 'its pool is deleted');
    return { value: await tx.pools.change(id, { deleting: true }) };
  });
}
