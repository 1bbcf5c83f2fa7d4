import type { FirewallPorts, Machine, Policy } from '../ports.js';

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

/**
 * Applied once its firewalls are so in every project that needs them. A policy that no pool ever had needs none: nothing
 * is left to do for it, so it does not seem to wait.
 */
export const statusOfPolicy = ({ transactions }: Reading, organizationId: string, policyId: string) =>
  transactions.inOrganization(organizationId, async ({ policyFirewalls }) => {
    const statuses = (await policyFirewalls.ofPolicy(policyId)).map(({ status }) => status);
    if (statuses.includes('DRIFTED')) return 'DRIFTED' as const;
    return statuses.every((status) => status === 'APPLIED') ? ('APPLIED' as const) : ('PENDING' as const);
  });

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
