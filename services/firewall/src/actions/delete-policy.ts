import { refusal } from '@cleanroom/kernel';
import type { Answer, FirewallPorts } from '../ports.js';

/** Deletes a policy that no pool has; its firewalls at the provider are deleted afterwards. */
export async function deletePolicy(
  { transactions }: FirewallPorts,
  organizationId: string,
  id: string,
): Promise<Answer<string>> {
  return transactions.inOrganization(organizationId, async ({ policies, policyFirewalls }) => {
    const policy = await policies.hold(id);
    if (!policy || policy.deleted) return { refusals: [refusal('NOT_FOUND', 'No such policy.', 'id')] };
    const pools = await policies.poolsOf(id);
    if (pools.length > 0) {
      return {
        refusals: [refusal('IN_USE', `${pools.length} pool(s) have this policy. Unassign it first.`, 'id')],
      };
    }
    await policies.update({ ...policy, deleted: true });
    await policyFirewalls.makeDue(id);
    return { value: id };
  });
}
