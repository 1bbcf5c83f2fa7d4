import { refusal } from '@cleanroom/kernel';
import type { Answer, FirewallPorts, Policy } from '../ports.js';

/** Takes a policy away from a pool. Its firewall stays for other pools, until the policy is deleted. */
export async function unassignPolicy(
  { transactions }: FirewallPorts,
  organizationId: string,
  { policyId, poolId }: { policyId: string; poolId: string },
): Promise<Answer<Policy>> {
  return transactions.inOrganization(organizationId, async ({ policies, pools, verifications, events }) => {
    const policy = await policies.hold(policyId);
    if (!policy || policy.deleted) return { refusals: [refusal('NOT_FOUND', 'No such policy.', 'policyId')] };
    const pool = await pools.hold(poolId);
    if (!pool) return { refusals: [refusal('NOT_FOUND', 'No such pool.', 'poolId')] };
    const version = await pools.unassign(poolId, policyId);
    if (version !== undefined) {
      await events.poolPoliciesChanged(poolId, version, await pools.policiesOf(poolId));
      await verifications.soon(pool.hetznerProjectId);
    }
    return { value: policy };
  });
}
