import { queryOptions } from '@tanstack/react-query';
import { boundsOf, type Period } from '../domain/period.js';
import { found } from './found.js';
import {
  BudgetsDocument,
  CostByPoolDocument,
  CostOfAllDocument,
  CostOfPoolDocument,
  type CostByPoolQuery,
  type ReportFragment,
  type StandingFragment,
} from './generated/graphql.js';
import { ask } from './graphql.js';
import { productNow } from './settings.js';

export type CostReport = ReportFragment;
export type BudgetStanding = StandingFragment;
export type CostOfPool = NonNullable<CostByPoolQuery['runnerPools']>['nodes'][number];

/** Money moves by the hour. */
const AGAIN_MS = 30_000;

/** What a time cost, of one pool or of all. */
export const reportQuery = (period: Period, poolId: string | undefined) =>
  queryOptions({
    queryKey: ['cost', period, poolId],
    queryFn: async ({ signal }) => {
      const bounds = boundsOf(period, productNow());
      if (poolId === undefined) {
        const { data, missing } = await ask(CostOfAllDocument, bounds, signal);
        return found(data.costReport, missing) ?? null;
      }
      const { data, missing } = await ask(CostOfPoolDocument, { id: poolId, ...bounds }, signal);
      return found(data.runnerPool?.cost ?? null, missing) ?? null;
    },
    refetchInterval: AGAIN_MS,
  });

/** What a time cost, pool by pool. */
export const costByPoolQuery = (period: Period) =>
  queryOptions({
    queryKey: ['cost-by-pool', period],
    queryFn: async ({ signal }) => {
      const { data, missing } = await ask(CostByPoolDocument, boundsOf(period, productNow()), signal);
      return { pools: found(data.runnerPools, missing)?.nodes ?? [], missing };
    },
    refetchInterval: AGAIN_MS,
  });

/** Whose budget it is: a pool's, or without an id that of the whole organisation. */
export interface BudgetOwner {
  readonly poolId: string | null;
  readonly name: string;
  readonly budget: BudgetStanding | null;
}

export const budgetsQuery = queryOptions({
  queryKey: ['budgets'],
  queryFn: async ({ signal }) => {
    const { data, missing } = await ask(BudgetsDocument, {}, signal);
    const organization = data.viewer?.organization;
    const owners: BudgetOwner[] = [
      ...(organization ? [{ poolId: null, name: organization.name, budget: organization.budget }] : []),
      ...(data.runnerPools?.nodes ?? []).map(({ id, name, budget }) => ({ poolId: id, name, budget })),
    ];
    return { owners, missing };
  },
  refetchInterval: AGAIN_MS,
});
