import type { EntityManager } from 'typeorm';
import { NO_BUDGET, type BudgetHold } from '../../domain/budget-hold.js';

interface Row {
  readonly pool_id: string;
  readonly holds: boolean;
  readonly blocks: boolean;
  readonly refused_until: Date | null;
  readonly refused_because: string | null;
}

/** What the budgets that cover a pool say together. */
export async function budgetOver(tx: EntityManager, poolId: string): Promise<BudgetHold> {
  return (await budgetsOver(tx, [poolId])).get(poolId) ?? NO_BUDGET;
}

/** Likewise, of each of several pools in one read. */
export async function budgetsOver(
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

export interface BudgetNews {
  readonly scopeId: string;
  readonly version: bigint;
  readonly holds: boolean;
  readonly blocks: boolean;
}

/** Keeps what an event says, and forgets refusals of before; false where it is no news. */
export async function keepBudget(
  tx: EntityManager,
  { scopeId, version, holds, blocks }: BudgetNews,
): Promise<boolean> {
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

/**
 * A budget has refused: nothing under it asks again before then. Unless it has been told of anew since: that there is
 * room again may be heard before the refusal.
 */
export async function refuseUntil(
  tx: EntityManager,
  { scopeId, version }: Pick<BudgetNews, 'scopeId' | 'version'>,
  { until, because }: { until: Date; because: string },
): Promise<void> {
  await tx.query(
    `UPDATE budget SET refused_until = $2, refused_because = $4
     WHERE scope_id = $1 AND blocks AND ($3::bigint = 0 OR version <= $3::bigint)`,
    [scopeId, until, version.toString(), because],
  );
}
