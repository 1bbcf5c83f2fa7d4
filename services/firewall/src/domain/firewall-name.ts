export interface FirewallOwner {
  readonly installation: string;
  readonly organizationId: string;
}

/** The firewall that every server of a project is ordered with. Another organisation may have had the project before. */
export const baselineName = ({ installation, organizationId }: FirewallOwner): string =>
  `cr-baseline-${installation}-${organizationId.replace(/^org_/, '')}`;

/** The firewall of a policy within one project. No two organisations have a policy of one id. */
export const policyFirewallName = (policyId: string): string => `cr-policy-${policyId.replace(/^fwp_/, '')}`;

/** The label that servers of a pool with this policy carry. */
export const policyLabel = (policyId: string): string => `cleanroom-policy-${policyId}`;

/** Finds the servers of this installation whose pool has the policy. */
export const policySelector = (installation: string, policyId: string): string =>
  `cleanroom-installation=${installation},${policyLabel(policyId)}=on`;

/** Finds every server of this organisation: puts the baseline back on one that somebody took it off. */
export const baselineSelector = ({ installation, organizationId }: FirewallOwner): string =>
  `cleanroom-installation=${installation},cleanroom-organization=${organizationId}`;

/** How a baseline was made before its name and its selector told its organisation. */
export const formerBaseline = ({ installation }: FirewallOwner): { name: string; selector: string } => ({
  name: `cr-baseline-${installation}`,
  selector: `cleanroom-installation=${installation}`,
});

export const baselineLabels = ({ installation, organizationId }: FirewallOwner): Record<string, string> => ({
  'cleanroom-installation': installation,
  'cleanroom-organization': organizationId,
  'cleanroom-baseline': 'true',
});

export const policyFirewallLabels = (
  { installation, organizationId }: FirewallOwner,
  policyId: string,
): Record<string, string> => ({
  'cleanroom-installation': installation,
  'cleanroom-organization': organizationId,
  'cleanroom-policy': policyId,
});

/** Whether a resource with a name of ours is really ours: a name alone proves nothing. */
export const carriesLabels = (
  actual: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string>>,
): boolean => Object.entries(ours).every(([key, value]) => actual[key] === value);
