import { refusal } from '@cleanroom/kernel';
import { checkPolicy } from '../domain/check-policy.js';
import type { PolicyRules } from '../domain/firewall-rule.js';
import { providerRules, sameRules } from '../domain/provider-rules.js';
import type { Answer, FirewallPorts, Policy } from '../ports.js';

/** Replaces a policy's name and rules; its firewalls at the provider follow within seconds. */
export async function updatePolicy(
  { transactions }: FirewallPorts,
  organizationId: string,
  id: string,
  input: PolicyRules & { name: string },
): Promise<Answer<Policy>> {
  const refusals = checkPolicy(input.name, input);
  if (refusals.length > 0) return { refusals };
  return transactions.inOrganization(organizationId, async ({ policies, policyFirewalls }) => {
    const known = await policies.hold(id);
    if (!known || known.deleted) return { refusals: [refusal('NOT_FOUND', 'No such policy.', 'id')] };
    const name = input.name.trim();
    const namesake = await policies.findByName(name);
    if (namesake && namesake.id !== id) {
      return { refusals: [refusal('ALREADY_EXISTS', `A policy named "${name}" exists.`, 'input', 'name')] };
    }
    const policy = { ...known, name, inbound: input.inbound, outbound: input.outbound };
    await policies.update(policy);
    // What is in force stays so where only the name is another.
    if (!sameRules(providerRules(known), providerRules(policy))) await policyFirewalls.makeDue(id);
    return { value: policy };
  });
}
