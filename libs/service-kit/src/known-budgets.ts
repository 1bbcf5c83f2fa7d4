import { NO_BUDGET, type BudgetHold } from '@cleanroom/kernel';
import type { EntityManager } from 'typeorm';

interface Row {
  readonly pool_id: string;
  readonly holds: boolean;
  readonly blocks: boolean;
  readonly refused_until: Date | null;
  readonly refused_because: string | null;
}

export interface BudgetNews {
  readonly scopeId: string;
  readonly version: bigint;
  readonly holds: boolean;
  readonly blocks: boolean;
}

export interface BudgetRefusal extends Pick<BudgetNews, 'scopeId' | 'version'> {
  readonly until: Date;
  readonly because: string;
}

/** Of the budgets, as a service that orders knows them, within a transaction. */
export interface KnownBudgets {
  /** Keeps what billing tells of one, and forgets refusals of before; false where it is no news. */
  keep(news: BudgetNews): Promise<boolean>;
  /**
   * One has refused: nothing under it asks again before then. Unless it has been told of anew since: that there is room
   * again may be heard before the refusal.
   */
  refuse(refusal: BudgetRefusal): Promise<void>;
  /** What those that cover a pool say together. */
  over(poolId: string): Promise<BudgetHold>;
  /** Likewise, of each of several pools in one read; nothing of one that none covers. */
  overEach(poolIds: readonly string[]): Promise<ReadonlyMap<string, BudgetHold>>;
}

/**
 * The budgets of the transaction's organisation, in the service's own table `budget` (`scope_id`, `organization_id`,
 * `version`, `holds`, `blocks`, `refused_until`, `refused_because`).
 */
export const knownBudgets = (tx: EntityManager): KnownBudgets => ({
  keep: (news) => keep(tx, news),
  refuse: (refusal) => refuse(tx, refusal),
  over: async (poolId) => (await overEach(tx, [poolId])).get(poolId) ?? NO_BUDGET,
  overEach: (poolIds) => overEach(tx, poolIds),
});

async function keep(tx: EntityManager, { scopeId, version, holds, blocks }: BudgetNews): Promise<boolean> {
  const kept: unknown[] = await tx.query(
    `INSERT INTO budget (scope_id, organization_id, version, holds, blocks)
     VALUES ($1, cleanroom_organization(), $2, $3, $4)
     ON CONFLICT (scope_id) DO UPDATE SET version = excluded.version, holds = excluded.holds, blocks = excluded.blocks,
       refused_until = NULL, refused_because = NULL
     WHERE budget.version < excluded.version RETURNING scope_id`,
    [scopeId, version.toString(), holds, blocks],
  );
  return kept.length > 0;
}

async function refuse(tx: EntityManager, { scopeId, version, until, because }: BudgetRefusal): Promise<void> {
  await tx.query(
    `UPDATE budget SET refused_until = $2, refused_because = $4
     WHERE scope_id = $1 AND blocks AND ($3::bigint = 0 OR version <= $3::bigint)`,
    [scopeId, until, version.toString(), because],
  );
}

async function overEach(
  tx: EntityManager,
  poolIds: readonly string[],
): Promise<ReadonlyMap<string, BudgetHold>> {
  const rows: Row[] = await tx.query(
    `SELECT pool_id, bool_or(holds) AS holds, bool_or(blocks) AS blocks, max(refused_until) FILTER (WHERE blocks) AS refused_until,
       (array_agg(refused_because ORDER BY refused_until DESC NULLS LAST) FILTER (WHERE blocks))[1] AS refused_because
     FROM unnest($1::text[]) AS pool_id JOIN budget ON scope_id IN (pool_id, cleanroom_organization()) GROUP BY pool_id`,
    [poolIds],
  );
  return new Map(
    rows.map(({ pool_id: poolId, holds, blocks, refused_until: refusedUntil, refused_because: because }) => [
      poolId,
      { holds, blocks, refusedUntil, refusedBecause: because },
    ]),
  );
}
