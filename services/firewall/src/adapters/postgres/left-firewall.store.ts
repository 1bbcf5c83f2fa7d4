import { finishLease } from '@cleanroom/persistence';
import type { WorkLease } from '@cleanroom/kernel';
import type { EntityManager } from 'typeorm';
import type { FirewallTable, Heir, LeftFirewallStore } from '../../left-firewall-port.js';

/** Where a row says which project it is of, and when another row is about a firewall of the same name. */
const columns: Record<FirewallTable, { project: string; sameName: string }> = {
  baseline_firewall: { project: 'id', sameName: 'true' },
  policy_firewall: { project: 'hetzner_project_id', sameName: 'other.policy_id = own.policy_id' },
};

/** Rows of other projects that may be the same one at Hetzner, connected twice one after the other. */
const othersOf = (table: FirewallTable): string => {
  const { project, sameName } = columns[table];
  return `FROM ${table} AS own JOIN hetzner_project AS ours ON ours.id = own.${project}
    JOIN ${table} AS other ON other.id <> own.id AND ${sameName}
    JOIN hetzner_project AS theirs ON theirs.id = other.${project} AND theirs.endpoint = ours.endpoint
    WHERE own.id = $1`;
};

export class PostgresLeftFirewallStore implements LeftFirewallStore {
  constructor(private readonly tx: EntityManager) {}

  async leftAt(hetznerProjectId: string): Promise<Date | undefined> {
    const rows: { left_at: Date }[] = await this.tx.query(
      `SELECT coalesce(left_at, 'epoch') AS left_at FROM hetzner_project WHERE id = $1 AND deleted`,
      [hetznerProjectId],
    );
    return rows[0]?.left_at;
  }

  async heirOf(table: FirewallTable, id: string, firewallId: number): Promise<Heir> {
    const [found]: { known: boolean | null; open: boolean | null }[] = await this.tx.query(
      `SELECT bool_or(other.firewall_id = $2) AS known, bool_or(other.firewall_id = 0 AND theirs.usable) AS open
       ${othersOf(table)} AND NOT theirs.deleted`,
      [id, firewallId],
    );
    if (found?.known) return 'known';
    return found?.open ? 'open' : 'none';
  }

  async isBeingDeleted(table: FirewallTable, id: string): Promise<boolean> {
    const rows: unknown[] = await this.tx.query(
      `SELECT 1 ${othersOf(table)} AND theirs.deleted AND other.lease_until > now() LIMIT 1`,
      [id],
    );
    return rows.length > 0;
  }

  async finish(table: FirewallTable, lease: WorkLease, hetznerProjectId: string): Promise<void> {
    // Taken first, as by everybody: of the last two rows, one sees that the other is gone.
    await this.tx.query(`SELECT 1 FROM hetzner_project WHERE id = $1 FOR UPDATE`, [hetznerProjectId]);
    await finishLease(this.tx, table, lease, null);
    await this.tx.query(`DELETE FROM ${table} WHERE id = $1`, [lease.id]);
    await this.tx.query(
      `UPDATE hetzner_project SET token_sealed = NULL WHERE id = $1 AND deleted
         AND NOT EXISTS (SELECT FROM baseline_firewall WHERE baseline_firewall.id = $1)
         AND NOT EXISTS (SELECT FROM policy_firewall WHERE hetzner_project_id = $1)`,
      [hetznerProjectId],
    );
  }
}
