import type { EntityManager } from 'typeorm';
import type { SightedFirewallStore } from '../../sighted-firewall-port.js';

export class PostgresSightedFirewallStore implements SightedFirewallStore {
  constructor(private readonly tx: EntityManager) {}

  async in(hetznerProjectId: string): Promise<Set<number>> {
    const rows: { firewall_id: string }[] = await this.tx.query(
      `SELECT firewall_id FROM sighted_firewall WHERE hetzner_project_id = $1`,
      [hetznerProjectId],
    );
    return new Set(rows.map((row) => Number(row.firewall_id)));
  }

  async remember(hetznerProjectId: string, ids: readonly number[], braked: boolean): Promise<void> {
    await this.tx.query(`DELETE FROM sighted_firewall WHERE hetzner_project_id = $1`, [hetznerProjectId]);
    await this.tx.query(
      `INSERT INTO sighted_firewall (organization_id, hetzner_project_id, firewall_id, braked)
       SELECT cleanroom_organization(), $1, unnest($2::bigint[]), $3 ON CONFLICT DO NOTHING`,
      [hetznerProjectId, ids, braked],
    );
  }
}
