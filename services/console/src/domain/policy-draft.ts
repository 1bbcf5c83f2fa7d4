export type Protocol = 'TCP' | 'UDP' | 'ICMP' | 'ESP' | 'GRE';

/** One rule, as the API has it. */
export interface Rule {
  readonly protocol: Protocol;
  readonly ports: string | null;
  readonly cidrs: readonly string[];
  readonly description: string | null;
}

/** What a policy says. */
export interface PolicyRules {
  readonly name: string;
  readonly inbound: readonly Rule[];
  readonly outbound: readonly Rule[];
}

/** A rule as its form has it: all is text, and rows keep their key while others come and go. */
export interface RuleDraft {
  readonly key: number;
  readonly protocol: Protocol;
  readonly ports: string;
  readonly cidrs: string;
  readonly description: string;
}

export interface PolicyDraft {
  readonly name: string;
  readonly inbound: readonly RuleDraft[];
  readonly outbound: readonly RuleDraft[];
}

export const newRule = (key: number): RuleDraft => ({
  key,
  protocol: 'TCP',
  ports: '',
  cidrs: '',
  description: '',
});

export const newPolicyDraft: PolicyDraft = { name: '', inbound: [], outbound: [] };

export const policyDraftOf = ({ name, inbound, outbound }: PolicyRules): PolicyDraft => ({
  name,
  inbound: inbound.map(ruleDraftOf),
  outbound: outbound.map(ruleDraftOf),
});

/** What the API is told, which says what is wrong with it. */
export const policyInput = ({ name, inbound, outbound }: PolicyDraft): PolicyRules => ({
  name: name.trim(),
  inbound: inbound.map(ruleOf),
  outbound: outbound.map(ruleOf),
});

const ruleDraftOf = ({ protocol, ports, cidrs, description }: Rule, key: number): RuleDraft => ({
  key,
  protocol,
  ports: ports ?? '',
  cidrs: cidrs.join(', '),
  description: description ?? '',
});

const ruleOf = ({ protocol, ports, cidrs, description }: RuleDraft): Rule => ({
  protocol,
  ports: ports.replaceAll(' ', '') || null,
  cidrs: cidrs.split(/[\s,]+/).filter((cidr) => cidr !== ''),
  description: description.trim() || null,
});
