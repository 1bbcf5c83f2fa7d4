import type { FirewallTransaction, Machine, PolicyFirewall } from '../ports.js';

/** What the firewalls of a project are, and which policies its pools have. */
export interface ProjectFirewalls {
  /** 0 while there is none. */
  readonly baselineId: number;
  /** By the policy's id; also those that no pool has any more. */
  readonly ofPolicies: ReadonlyMap<string, PolicyFirewall>;
  readonly policiesOfPools: ReadonlyMap<string, readonly string[]>;
}

/** Reads it once for all machines that are looked at together. */
export async function firewallsOfProject(
  tx: FirewallTransaction,
  hetznerProjectId: string,
  machines: readonly Machine[] = [],
): Promise<ProjectFirewalls> {
  const baseline = await tx.baselines.find(hetznerProjectId);
  const firewalls = await tx.policyFirewalls.in(hetznerProjectId);
  const assigned = await tx.pools.assignmentsOf([...new Set(machines.map(({ poolId }) => poolId))]);
  const byPool = Map.groupBy(assigned, ({ poolId }) => poolId);
  return {
    baselineId: baseline?.firewallId ?? 0,
    ofPolicies: new Map(firewalls.map((firewall) => [firewall.policyId, firewall])),
    policiesOfPools: new Map([...byPool].map(([id, own]) => [id, own.map(({ policyId }) => policyId)])),
  };
}

/** The ids of all firewalls that are ours. */
export const oursOf = ({ baselineId, ofPolicies }: ProjectFirewalls): number[] => [
  baselineId,
  ...[...ofPolicies.values()].map(({ firewallId }) => firewallId),
];

export interface RequiredFirewalls {
  readonly ids: readonly number[];
  readonly ofPolicies: readonly PolicyFirewall[];
}

/** All firewalls that must be in force on a machine; `undefined` while one of them does not exist yet. */
export function requiredFirewalls(
  { baselineId, ofPolicies: known, policiesOfPools }: ProjectFirewalls,
  { poolId }: Machine,
): RequiredFirewalls | undefined {
  const policyIds = policiesOfPools.get(poolId) ?? [];
  const ofPolicies = policyIds
    .flatMap((id) => known.get(id) ?? [])
    .filter(({ firewallId }) => firewallId > 0);
  if (baselineId === 0 || ofPolicies.length < policyIds.length) return undefined;
  return { ids: [baselineId, ...ofPolicies.map(({ firewallId }) => firewallId)], ofPolicies };
}
