import type { FirewallRule, PolicyRules, Protocol } from '../../domain/firewall-rule.js';

interface RuleInput {
  protocol: Protocol;
  ports?: string | null;
  cidrs: string[];
  description?: string | null;
}

/** `FirewallPolicyInput` as GraphQL hands it over. */
export interface PolicyInput {
  name: string;
  inbound: RuleInput[];
  outbound: RuleInput[];
}

/** GraphQL says null where something is left out; the domain leaves it out. */
export const rulesFromInput = ({ name, inbound, outbound }: PolicyInput): PolicyRules & { name: string } => ({
  name,
  inbound: inbound.map(ruleFromInput),
  outbound: outbound.map(ruleFromInput),
});

const ruleFromInput = ({ protocol, ports, cidrs, description }: RuleInput): FirewallRule => ({
  protocol,
  cidrs,
  ...(ports === null || ports === undefined ? {} : { ports }),
  ...(description === null || description === undefined ? {} : { description }),
});
