import { makeDue } from '@cleanroom/persistence';
import type { EntityManager } from 'typeorm';
import type { Baseline, BaselineStore } from '../../ports.js';

export class PostgresBaselineStore implements BaselineStore {
  constructor(
    private readonly tx: EntityManager,
    private readonly now: Date,
  ) {}

  async find(id: string): Promise<Baseline | undefined> {
    const rows: (Omit<Baseline, 'firewallId'> & { firewallId: string })[] = await this.tx.query(
      `SELECT id, organization_id AS "organizationId", version, firewall_id AS "firewallId",
         changed_at AS "changedAt" FROM baseline_firewall WHERE id = $1`,
      [id],
    );
    return rows[0] && { ...rows[0], firewallId: Number(rows[0].firewallId) };
  }

  async save({ id, version, firewallId, changedAt }: Baseline): Promise<void> {
    await this.tx.query(
      `UPDATE baseline_firewall SET version = $2, firewall_id = $3, changed_at = $4 WHERE id = $1`,
      [id, version, firewallId, changedAt],
    );
  }

  async makeDue(id: string): Promise<void> {
    await makeDue(this.tx, 'baseline_firewall', id, this.now);
  }
}
