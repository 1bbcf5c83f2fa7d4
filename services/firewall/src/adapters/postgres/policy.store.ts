import { isId } from '@cleanroom/kernel';
import { In, MoreThan, type EntityManager } from 'typeorm';
import type { Policy, PolicyStore } from '../../ports.js';
import { policyTable } from './policy.table.js';
import { FIREWALL_OF_POLICY, LACKS_POLICY } from './seen-in-force.js';

const isPolicy = (id: string): boolean => isId('firewallPolicy', id);

export class PostgresPolicyStore implements PolicyStore {
  constructor(private readonly tx: EntityManager) {}

  async find(id: string): Promise<Policy | undefined> {
    return isPolicy(id) ? ((await this.table.findOneBy({ id })) ?? undefined) : undefined;
  }

  findAll(ids: readonly string[]): Promise<Policy[]> {
    return this.table.findBy({ id: In([...ids]) });
  }

  async hold(id: string): Promise<Policy | undefined> {
    if (!isPolicy(id)) return undefined;
    return (await this.table.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } })) ?? undefined;
  }

  async findByName(name: string): Promise<Policy | undefined> {
    await this.tx.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('firewall_policy_name ' || cleanroom_organization(), 0))`,
    );
    return (await this.table.findOneBy({ name, deleted: false })) ?? undefined;
  }

  async insert(policy: Policy): Promise<void> {
    await this.table.insert({ ...policy });
  }

  async update(policy: Policy): Promise<void> {
    const { name, inbound, outbound, deleted } = policy;
    await this.table.update(
      { id: policy.id },
      { name, inbound: [...inbound], outbound: [...outbound], deleted },
    );
  }

  async page(limit: number, afterId: string | undefined): Promise<Policy[]> {
    const where = { deleted: false, ...(afterId === undefined ? {} : { id: MoreThan(afterId) }) };
    return this.table.find({ where, order: { id: 'ASC' }, take: limit });
  }

  async count(): Promise<number> {
    return this.table.countBy({ deleted: false });
  }

  async poolsOf(policyId: string): Promise<string[]> {
    const rows: { pool_id: string }[] = await this.tx.query(
      `SELECT pool_id FROM pool_policy JOIN pool ON pool.id = pool_id WHERE policy_id = $1 AND NOT pool.deleted ORDER BY 1`,
      [policyId],
    );
    return rows.map((row) => row.pool_id);
  }

  async lackedSomewhere(policyIds: readonly string[]): Promise<string[]> {
    const rows: { policy_id: string }[] = await this.tx.query(
      `SELECT DISTINCT pool_policy.policy_id FROM pool_policy JOIN pool ON pool.id = pool_policy.pool_id
         JOIN machine ON machine.hetzner_project_id = pool.hetzner_project_id AND machine.pool_id = pool.id
         LEFT JOIN ${FIREWALL_OF_POLICY} LEFT JOIN verification ON verification.id = machine.hetzner_project_id
       WHERE pool_policy.policy_id = ANY($1) AND NOT machine.deleted AND machine.verified_at IS NOT NULL
         AND ${LACKS_POLICY}`,
      [policyIds],
    );
    return rows.map((row) => row.policy_id);
  }

  private get table() {
    return this.tx.getRepository(policyTable);
  }
}
