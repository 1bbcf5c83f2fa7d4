import { isId } from '@cleanroom/kernel';
import type { EntityManager } from 'typeorm';
import type { PoolStore } from '../../ports.js';

type PoolOfProject = { id: string; hetznerProjectId: string };

export class PostgresPoolStore implements PoolStore {
  constructor(
    private readonly tx: EntityManager,
    private readonly now: Date,
  ) {}

  find(poolId: string): Promise<PoolOfProject | undefined> {
    return this.select(poolId, '');
  }

  hold(poolId: string): Promise<PoolOfProject | undefined> {
    return this.select(poolId, 'FOR UPDATE');
  }

  private async select(poolId: string, lock: string): Promise<PoolOfProject | undefined> {
    if (!isId('pool', poolId)) return undefined;
    const rows: PoolOfProject[] = await this.tx.query(
      `SELECT id, hetzner_project_id AS "hetznerProjectId" FROM pool WHERE id = $1 AND NOT deleted ${lock}`,
      [poolId],
    );
    return rows[0];
  }

  async policiesOf(poolId: string): Promise<string[]> {
    if (!isId('pool', poolId)) return [];
    const rows: { policy_id: string }[] = await this.tx.query(
      `SELECT policy_id FROM pool_policy WHERE pool_id = $1 ORDER BY policy_id`,
      [poolId],
    );
    return rows.map((row) => row.policy_id);
  }

  assignmentsOf(poolIds: readonly string[]): Promise<{ poolId: string; policyId: string }[]> {
    return this.tx.query(
      `SELECT pool_id AS "poolId", policy_id AS "policyId" FROM pool_policy WHERE pool_id = ANY($1)
       ORDER BY policy_id`,
      [poolIds],
    );
  }

  async assign(poolId: string, policyId: string): Promise<number | undefined> {
    const inserted: unknown[] = await this.tx.query(
      `INSERT INTO pool_policy (pool_id, policy_id, organization_id, assigned_at)
       VALUES ($1, $2, cleanroom_organization(), $3) ON CONFLICT DO NOTHING RETURNING pool_id`,
      [poolId, policyId, this.now],
    );
    return inserted.length > 0 ? this.nextVersion(poolId) : undefined;
  }

  async unassign(poolId: string, policyId: string): Promise<number | undefined> {
    const [removed]: [unknown[]] = await this.tx.query(
      `DELETE FROM pool_policy WHERE pool_id = $1 AND policy_id = $2 RETURNING pool_id`,
      [poolId, policyId],
    );
    return removed.length > 0 ? this.nextVersion(poolId) : undefined;
  }

  /** Locks the pool's row, so that two changes of its policies are told in the order in which they were made. */
  private async nextVersion(poolId: string): Promise<number> {
    const [rows]: [{ policies_version: number }[]] = await this.tx.query(
      `UPDATE pool SET policies_version = policies_version + 1 WHERE id = $1 RETURNING policies_version`,
      [poolId],
    );
    return rows[0]?.policies_version ?? 1;
  }
}
