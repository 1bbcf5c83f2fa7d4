import type { Machine } from '../domain/machine.js';
import type { Pool } from '../domain/pool.js';
import type { Runner } from '../domain/runner.js';
import { runnerStates } from '../domain/runner-state.js';
import type { ProvisioningPorts, RunnerPage, StateCount, TimelineEntry } from '../ports.js';

type Reading = Pick<ProvisioningPorts, 'transactions'>;

/** A page of a list, one entry longer than asked for if there is more. */
export interface PageOf<T> {
  readonly nodes: readonly T[];
  readonly hasNextPage: boolean;
  readonly totalCount: number;
}

export interface PageRequest {
  readonly limit: number;
  /** Id of the last entry of the page before. */
  readonly after: string | undefined;
}

export const poolById = (
  { transactions }: Reading,
  organizationId: string,
  id: string,
): Promise<Pool | undefined> =>
  transactions.inOrganization(organizationId, async (tx) => {
    const pool = await tx.pools.find(id);
    return pool?.deleted ? undefined : pool;
  });

export const runnerById = (
  { transactions }: Reading,
  organizationId: string,
  id: string,
): Promise<Runner | undefined> => transactions.inOrganization(organizationId, (tx) => tx.runners.find(id));

/** Runners by their ids, in one read. */
export const runnersById = ({ transactions }: Reading, organizationId: string, ids: readonly string[]) =>
  transactions.inOrganization(organizationId, async (tx) => byId(await tx.runners.findAll(ids)));

/** Machines by their ids, in one read. */
export const machinesById = ({ transactions }: Reading, organizationId: string, ids: readonly string[]) =>
  transactions.inOrganization(organizationId, async (tx) => byId(await tx.machines.findAll(ids)));

/** Pools by their ids, in one read: also those that are deleted, whose runners can still be looked at. */
export const poolsOfRunners = ({ transactions }: Reading, organizationId: string, ids: readonly string[]) =>
  transactions.inOrganization(organizationId, async (tx) => byId(await tx.pools.findAll(ids)));

/** Pools that are not deleted by their ids, in one read. */
export const poolsById = ({ transactions }: Reading, organizationId: string, ids: readonly string[]) =>
  transactions.inOrganization(organizationId, async (tx) =>
    byId((await tx.pools.findAll(ids)).filter(({ deleted }) => !deleted)),
  );

/** How many runners of pools are in which state, in the order of a runner's life and in one read. */
export const stateCountsOfPools = (
  { transactions }: Reading,
  organizationId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StateCount[]>> =>
  transactions.inOrganization(organizationId, async (tx) => {
    const counts = await tx.runners.countStates(ids);
    counts.sort((a, b) => runnerStates.indexOf(a.state) - runnerStates.indexOf(b.state));
    return Map.groupBy(counts, ({ poolId }) => poolId);
  });

/** What the budgets over pools say, in one read. */
export const budgetsOverPools = ({ transactions }: Reading, organizationId: string, ids: readonly string[]) =>
  transactions.inOrganization(organizationId, (tx) => tx.budgetsOver(ids));

const byId = <T extends { readonly id: string }>(found: readonly T[]): ReadonlyMap<string, T> =>
  new Map(found.map((one) => [one.id, one]));

export const listPools = (
  { transactions }: Reading,
  organizationId: string,
  { limit, after }: PageRequest,
): Promise<PageOf<Pool>> =>
  transactions.inOrganization(organizationId, async (tx) =>
    cut(await tx.pools.page(limit + 1, after), limit, await tx.pools.count()),
  );

export const listRunners = (
  { transactions }: Reading,
  organizationId: string,
  filter: RunnerPage,
  { limit, after }: PageRequest,
): Promise<PageOf<Runner>> =>
  transactions.inOrganization(organizationId, async (tx) =>
    cut(await tx.runners.page(filter, limit + 1, after), limit, await tx.runners.count(filter)),
  );

export const listMachines = (
  { transactions }: Reading,
  organizationId: string,
  runnerId: string,
  { limit, after }: PageRequest,
): Promise<PageOf<Machine>> =>
  transactions.inOrganization(organizationId, async (tx) =>
    cut(await tx.machines.page(runnerId, limit + 1, after), limit, await tx.machines.count(runnerId)),
  );

export const readTimeline = (
  { transactions }: Reading,
  organizationId: string,
  runnerId: string,
  { limit, after }: PageRequest,
): Promise<PageOf<TimelineEntry & { id: string; at: Date }>> =>
  transactions.inOrganization(organizationId, async (tx) =>
    cut(await tx.timeline.page(runnerId, limit + 1, after), limit, 0),
  );

const cut = <T>(found: readonly T[], limit: number, totalCount: number): PageOf<T> => ({
  nodes: found.slice(0, limit),
  hasNextPage: found.length > limit,
  totalCount,
});
