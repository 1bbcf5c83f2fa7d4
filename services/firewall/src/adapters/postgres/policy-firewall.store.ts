import { makeDue } from '@cleanroom/persistence';
import type { EntityManager } from 'typeorm';
import type { PolicyFirewall, PolicyFirewallStore } from '../../ports.js';

type Row = Omit<PolicyFirewall, 'firewallId'> & { firewallId: string };

const COLUMNS = `id, organization_id AS "organizationId", policy_id AS "policyId",
  hetzner_project_id AS "hetznerProjectId", firewall_id AS "firewallId", status,
  drifted_at AS "driftedAt", changed_at AS "changedAt"`;

export class PostgresPolicyFirewallStore implements PolicyFirewallStore {
  constructor(
    private readonly tx: EntityManager,
    private readonly now: Date,
  ) {}

  async find(id: string): Promise<PolicyFirewall | undefined> {
    const rows: Row[] = await this.tx.query(`SELECT ${COLUMNS} FROM policy_firewall WHERE id = $1`, [id]);
    return rows.map(fromRow)[0];
  }

  async ofPolicies(policyIds: readonly string[]): Promise<PolicyFirewall[]> {
    const rows: Row[] = await this.tx.query(
      `SELECT ${COLUMNS} FROM policy_firewall WHERE policy_id = ANY($1)`,
      [policyIds],
    );
    return rows.map(fromRow);
  }

  async in(hetznerProjectId: string): Promise<PolicyFirewall[]> {
    const rows: Row[] = await this.tx.query(
      `SELECT ${COLUMNS} FROM policy_firewall WHERE hetzner_project_id = $1`,
      [hetznerProjectId],
    );
    return rows.map(fromRow);
  }

  async want(policyId: string, hetznerProjectId: string): Promise<void> {
    const id = `${policyId}.${hetznerProjectId}`;
    await this.tx.query(
      `INSERT INTO policy_firewall (id, organization_id, policy_id, hetzner_project_id)
       VALUES ($1, cleanroom_organization(), $2, $3) ON CONFLICT DO NOTHING`,
      [id, policyId, hetznerProjectId],
    );
    await makeDue(this.tx, 'policy_firewall', id, this.now);
  }

  async makeDue(policyId: string): Promise<void> {
    for (const { id } of await this.ofPolicies([policyId]))
      await makeDue(this.tx, 'policy_firewall', id, this.now);
    await this.tx.query(`UPDATE policy_firewall SET status = 'PENDING' WHERE policy_id = $1`, [policyId]);
  }

  async drifted(id: string): Promise<void> {
    await this.tx.query(`UPDATE policy_firewall SET status = 'DRIFTED', drifted_at = $2 WHERE id = $1`, [
      id,
      this.now,
    ]);
    await makeDue(this.tx, 'policy_firewall', id, this.now);
  }

  async save({ id, firewallId, status, driftedAt, changedAt }: PolicyFirewall): Promise<void> {
    await this.tx.query(
      `UPDATE policy_firewall SET firewall_id = $2, status = $3, drifted_at = greatest(drifted_at, $4),
         changed_at = $5 WHERE id = $1`,
      [id, firewallId, status, driftedAt, changedAt],
    );
  }

  async remove(id: string): Promise<void> {
    await this.tx.query(`DELETE FROM policy_firewall WHERE id = $1`, [id]);
  }
}

const fromRow = (row: Row): PolicyFirewall => ({ ...row, firewallId: Number(row.firewallId) });
