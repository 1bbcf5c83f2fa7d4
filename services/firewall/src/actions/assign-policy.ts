import { refusal } from '@cleanroom/kernel';
import type { Answer, FirewallPorts, Policy } from '../ports.js';

/** Hetzner applies at most five firewalls to a server, and the baseline is one of them. */
const MOST_POLICIES_PER_POOL = 4;

/** Gives a pool a policy. Provisioning hears of it and labels the pool's servers, which is how the firewall finds them. */
export async function assignPolicy(
  { transactions }: FirewallPorts,
  organizationId: string,
  { policyId, poolId }: { policyId: string; poolId: string },
): Promise<Answer<Policy>> {
  return transactions.inOrganization(
    organizationId,
    async ({ policies, pools, policyFirewalls, verifications, events }) => {
      const policy = await policies.hold(policyId);
      if (!policy || policy.deleted)
        return { refusals: [refusal('NOT_FOUND', 'No such policy.', 'policyId')] };
      const pool = await pools.hold(poolId);
      if (!pool) return { refusals: [refusal('NOT_FOUND', 'No such pool.', 'poolId')] };
      const assigned = await pools.policiesOf(poolId);
      if (!assigned.includes(policyId) && assigned.length >= MOST_POLICIES_PER_POOL) {
        const message = `A pool has at most ${MOST_POLICIES_PER_POOL} policies.`;
        return { refusals: [refusal('LIMIT_EXCEEDED', message, 'poolId')] };
      }
      await policyFirewalls.want(policyId, pool.hetznerProjectId);
      const version = await pools.assign(poolId, policyId);
      if (version !== undefined) {
        await events.poolPoliciesChanged(poolId, version, await pools.policiesOf(poolId));
        await verifications.soon(pool.hetznerProjectId);
      }
      return { value: policy };
    },
  );
}
