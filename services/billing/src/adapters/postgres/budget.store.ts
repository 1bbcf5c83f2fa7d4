import { topics } from '@cleanroom/contracts';
import { money } from '@cleanroom/kernel';
import { appendEvent } from '@cleanroom/messaging';
import type { EntityManager } from 'typeorm';
import type { Budget, BudgetAction } from '../../domain/budget.js';

interface BudgetRow {
  scope_id: string;
  organization_id: string;
  version: string;
  limit_micros: string;
  currency: string;
  on_exhausted: BudgetAction;
}

const COLUMNS = 'scope_id, organization_id, version, limit_micros, currency, on_exhausted';

export async function budgetOf(tx: EntityManager, scopeId: string): Promise<Budget | undefined> {
  const rows: BudgetRow[] = await tx.query(
    `SELECT ${COLUMNS} FROM budget WHERE scope_id = $1 AND NOT removed`,
    [scopeId],
  );
  return rows[0] && fromRow(rows[0]);
}

/**
 * The budgets that cover a pool, locked to the end of the transaction: of two machines that ask for the last euro one
 * has to wait for what the other was told.
 */
export async function lockBudgets(tx: EntityManager, poolId: string): Promise<Budget[]> {
  const rows: BudgetRow[] = await tx.query(
    `SELECT ${COLUMNS} FROM budget WHERE scope_id IN ($1, cleanroom_organization()) AND NOT removed
     ORDER BY scope_id FOR UPDATE`,
    [poolId],
  );
  return rows.map(fromRow);
}

/** Sets or replaces a budget, and tells of it. */
export async function saveBudget(tx: EntityManager, budget: Omit<Budget, 'version'>): Promise<Budget> {
  const { scopeId, organizationId, limit, onExhausted } = budget;
  const rows: BudgetRow[] = await tx.query(
    `INSERT INTO budget (scope_id, organization_id, version, limit_micros, currency, on_exhausted)
     VALUES ($1, $2, 1, $3, $4, $5)
     ON CONFLICT (scope_id) DO UPDATE SET version = budget.version + 1, limit_micros = excluded.limit_micros,
       currency = excluded.currency, on_exhausted = excluded.on_exhausted, removed = false, refused = false
     RETURNING ${COLUMNS}`,
    [scopeId, organizationId, limit.micros.toString(), limit.currency, onExhausted],
  );
  const [saved] = rows.map(fromRow);
  if (!saved) throw new Error(`the budget of ${scopeId} was not saved`);
  await tell(tx, saved, true);
  return saved;
}

/** Removes a budget, and tells of it; `undefined` where there is none. */
export async function removeBudget(tx: EntityManager, scopeId: string): Promise<Budget | undefined> {
  const [rows]: [BudgetRow[], number] = await tx.query(
    `UPDATE budget SET removed = true, version = version + 1 WHERE scope_id = $1 AND NOT removed RETURNING ${COLUMNS}`,
    [scopeId],
  );
  const [removed] = rows.map(fromRow);
  if (removed) await tell(tx, removed, false);
  return removed;
}

/** Remembers that somebody waits for room under a budget. */
export async function markRefused(tx: EntityManager, scopeId: string): Promise<void> {
  await tx.query(`UPDATE budget SET refused = true WHERE scope_id = $1`, [scopeId]);
}

/** Something that was promised will not be spent: whoever was refused under a budget of the pool may ask again. */
export async function tellRoom(tx: EntityManager, poolId: string): Promise<void> {
  const [rows]: [BudgetRow[], number] = await tx.query(
    `UPDATE budget SET refused = false, version = version + 1
     WHERE scope_id IN (
       -- In the order of lockBudgets, so that neither waits for the other.
       SELECT scope_id FROM budget WHERE scope_id IN ($1, cleanroom_organization()) AND refused AND NOT removed
       ORDER BY scope_id FOR UPDATE)
     RETURNING ${COLUMNS}`,
    [poolId],
  );
  for (const budget of rows.map(fromRow)) await tell(tx, budget, true);
}

const tell = (
  tx: EntityManager,
  { scopeId, organizationId, version, onExhausted }: Budget,
  holds: boolean,
): Promise<void> =>
  appendEvent(tx, topics.budget, {
    scopeId,
    organizationId,
    version: BigInt(version),
    holds,
    blocks: holds && onExhausted === 'BLOCK_NEW_MACHINES',
  });

const fromRow = (row: BudgetRow): Budget => ({
  organizationId: row.organization_id,
  scopeId: row.scope_id,
  limit: money(BigInt(row.limit_micros), row.currency),
  onExhausted: row.on_exhausted,
  version: Number(row.version),
});
