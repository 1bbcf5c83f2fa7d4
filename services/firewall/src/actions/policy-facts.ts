import type { FirewallPorts, Policy, PolicyFirewall } from '../ports.js';

type Reading = Pick<FirewallPorts, 'transactions'>;

/** A policy by its id, as long as it is not deleted. */
export const policyById = (
  { transactions }: Reading,
  organizationId: string,
  id: string,
): Promise<Policy | undefined> =>
  transactions.inOrganization(organizationId, async ({ policies }) => {
    const policy = await policies.find(id);
    return policy?.deleted ? undefined : policy;
  });

/** Ids of the pools that have a policy. */
export const poolsOfPolicy = (
  { transactions }: Reading,
  organizationId: string,
  policyId: string,
): Promise<string[]> =>
  transactions.inOrganization(organizationId, ({ policies }) => policies.poolsOf(policyId));

/** The policies of pools, in the order of their ids and in one read. */
export const policiesOfPools = (
  { transactions }: Reading,
  organizationId: string,
  poolIds: readonly string[],
): Promise<ReadonlyMap<string, Policy[]>> =>
  transactions.inOrganization(organizationId, async ({ pools, policies }) => {
    const assigned = await pools.assignmentsOf(poolIds);
    const found = await policies.findAll(assigned.map(({ policyId }) => policyId));
    const known = new Map(found.map((policy) => [policy.id, policy]));
    const byPool = Map.groupBy(assigned, ({ poolId }) => poolId);
    return new Map(
      [...byPool].map(([poolId, own]) => [poolId, own.flatMap(({ policyId }) => known.get(policyId) ?? [])]),
    );
  });

export interface PolicyState {
  readonly status: PolicyFirewall['status'];
  readonly driftedAt: Date | null;
}

/** A policy that no pool ever had needs no firewall: nothing is left to do for it, so it does not seem to wait. */
export const UNUSED: PolicyState = { status: 'APPLIED', driftedAt: null };

/** How the firewalls of policies are, in one read; none for one that has none. */
export const statesOfPolicies = (
  { transactions }: Reading,
  organizationId: string,
  policyIds: readonly string[],
): Promise<ReadonlyMap<string, PolicyState>> =>
  transactions.inOrganization(organizationId, async ({ policies, policyFirewalls }) => {
    const byPolicy = Map.groupBy(await policyFirewalls.ofPolicies(policyIds), ({ policyId }) => policyId);
    const lacked = new Set(await policies.lackedSomewhere(policyIds));
    return new Map([...byPolicy].map(([id, firewalls]) => [id, stateOf(firewalls, lacked.has(id))]));
  });

/** Applied once its firewalls are so in every project that needs them, and were seen in force on every machine there. */
function stateOf(firewalls: readonly PolicyFirewall[], isLackedSomewhere: boolean): PolicyState {
  const statuses = new Set(firewalls.map(({ status }) => status));
  if (isLackedSomewhere) statuses.add('PENDING');
  const status = (['DRIFTED', 'PENDING'] as const).find((one) => statuses.has(one)) ?? 'APPLIED';
  const drifts = firewalls.flatMap(({ driftedAt }) => driftedAt?.getTime() ?? []);
  return { status, driftedAt: drifts.length > 0 ? new Date(Math.max(...drifts)) : null };
}

/** What was verified of the machine that a runner has. */
export interface RunnerFirewall {
  readonly protected: boolean;
  readonly verifiedAt: Date | null;
  readonly policies: readonly Policy[];
}

/** A runner that sleeps, or that nobody has heard of here, has no machine that could be protected. */
export const NOTHING_VERIFIED: RunnerFirewall = { protected: false, verifiedAt: null, policies: [] };

/**
 * What was verified of the machines that runners have now, in one read; none for one that has none. Policies are those
 * that were seen in force, whichever the pool has now.
 */
export const firewallsOfRunners = (
  { transactions }: Reading,
  organizationId: string,
  runnerIds: readonly string[],
): Promise<ReadonlyMap<string, RunnerFirewall>> =>
  transactions.inOrganization(organizationId, async ({ machines, policies }) => {
    const seen = await machines.seenOf(runnerIds);
    const found = await policies.findAll([...new Set(seen.flatMap(({ inForce }) => inForce))]);
    const known = new Map(found.filter(({ deleted }) => !deleted).map((policy) => [policy.id, policy]));
    return new Map(
      seen.map(({ runnerId, inForce, ...verified }) => [
        runnerId,
        { ...verified, policies: inForce.flatMap((id) => known.get(id) ?? []) },
      ]),
    );
  });
