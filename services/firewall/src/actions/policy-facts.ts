import type { FirewallPorts, Machine, Policy, PolicyFirewall } from '../ports.js';

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
  transactions.inOrganization(organizationId, async ({ policyFirewalls }) => {
    const byPolicy = Map.groupBy(await policyFirewalls.ofPolicies(policyIds), ({ policyId }) => policyId);
    return new Map([...byPolicy].map(([policyId, firewalls]) => [policyId, stateOf(firewalls)]));
  });

/** Applied once its firewalls are so in every project that needs them. */
function stateOf(firewalls: readonly PolicyFirewall[]): PolicyState {
  const statuses = new Set(firewalls.map(({ status }) => status));
  const status = (['DRIFTED', 'PENDING'] as const).find((one) => statuses.has(one)) ?? 'APPLIED';
  const drifts = firewalls.flatMap(({ driftedAt }) => driftedAt?.getTime() ?? []);
  return { status, driftedAt: drifts.length > 0 ? new Date(Math.max(...drifts)) : null };
}

/** The machines that runners have now, in one read; none for one that sleeps or is unheard of. */
export const machinesOfRunners = (
  { transactions }: Reading,
  organizationId: string,
  runnerIds: readonly string[],
): Promise<ReadonlyMap<string, Machine>> =>
  transactions.inOrganization(
    organizationId,
    async ({ machines }) =>
      new Map((await machines.currentOf(runnerIds)).map((machine) => [machine.runnerId, machine])),
  );
