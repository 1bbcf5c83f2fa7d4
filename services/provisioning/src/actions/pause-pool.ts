import { refusal } from '@cleanroom/kernel';
import type { Pool } from '../domain/pool.js';
import type { Answer, ProvisioningPorts } from '../ports.js';

/** Lets a pool rest, or work again. Resting: running jobs finish, machines are deleted at once, addresses stay. */
export async function pausePool(
  { transactions }: ProvisioningPorts,
  organizationId: string,
  id: string,
  paused: boolean,
): Promise<Answer<Pool>> {
  return transactions.inOrganization(organizationId, async (tx) => {
    const pool = await tx.pools.lock(id);
    if (!pool || pool.deleted) return { refusals: [refusal('NOT_FOUND', 'No such pool.', 'id')] };
    if (pool.deleting) return { refusals: [refusal('CONFLICT', 'The pool is being deleted.', 'id')] };
    return { value: pool.paused === paused ? pool : await tx.pools.change(id, { paused }) };
  });
}
