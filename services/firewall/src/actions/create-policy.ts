import { refusal } from '@cleanroom/kernel';
import { checkPolicy } from '../domain/check-policy.js';
import type { PolicyRules } from '../domain/firewall-rule.js';
import type { Answer, FirewallPorts, Policy } from '../ports.js';

/** Stores a policy. It reaches the provider when a pool gets it. */
export async function createPolicy(
  { transactions, now, newPolicyId }: FirewallPorts,
  organizationId: string,
  input: PolicyRules & { name: string },
): Promise<Answer<Policy>> {
  const refusals = checkPolicy(input.name, input);
  if (refusals.length > 0) return { refusals };
  const name = input.name.trim();
  return transactions.inOrganization(organizationId, async ({ policies }) => {
    if (await policies.findByName(name)) {
      return { refusals: [refusal('ALREADY_EXISTS', `A policy named "${name}" exists.`, 'input', 'name')] };
    }
    const { inbound, outbound } = input;
    const policy = {
      id: newPolicyId(),
      organizationId,
      name,
      inbound,
      outbound,
      createdAt: now(),
      deleted: false,
    };
    await policies.insert(policy);
    return { value: policy };
  });
}
