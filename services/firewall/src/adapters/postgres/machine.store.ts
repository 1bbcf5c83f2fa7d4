import type { EntityManager } from 'typeorm';
import type { Machine, MachineStore, SeenMachine } from '../../ports.js';
import { FIREWALL_OF_POLICY, IN_FORCE, LACKS_POLICY, VERIFIED_AT } from './seen-in-force.js';

type Row = Omit<Machine, 'serverId'> & { serverId: string };

const COLUMNS = `machine.id, machine.organization_id AS "organizationId", machine.runner_id AS "runnerId",
  machine.pool_id AS "poolId", machine.hetzner_project_id AS "hetznerProjectId", machine.generation,
  machine.server_id AS "serverId", machine.version, machine.protected, ${IN_FORCE} AS "inForce",
  ${VERIFIED_AT} AS "verifiedAt"`;

/** Seen in force since it was wanted: the baseline, and each policy of the pool. */
const PROTECTED_AS_WANTED = `machine.protected AND machine.enrolled_generation = machine.generation
  AND NOT ${VERIFIED_AT} < baseline_firewall.changed_at
  AND NOT EXISTS (SELECT FROM pool_policy LEFT JOIN ${FIREWALL_OF_POLICY}
    WHERE pool_policy.pool_id = machine.pool_id AND ${LACKS_POLICY})`;

const OF_PROJECT = 'verification ON verification.id = machine.hetzner_project_id';

export class PostgresMachineStore implements MachineStore {
  constructor(private readonly tx: EntityManager) {}

  seenOf(runnerIds: readonly string[]): Promise<SeenMachine[]> {
    return this.tx.query(
      `SELECT DISTINCT ON (machine.runner_id) machine.runner_id AS "runnerId", ${VERIFIED_AT} AS "verifiedAt",
         ${IN_FORCE} AS "inForce", coalesce(${PROTECTED_AS_WANTED}, false) AS protected
       FROM machine LEFT JOIN ${OF_PROJECT}
         LEFT JOIN baseline_firewall ON baseline_firewall.id = machine.hetzner_project_id
       WHERE machine.runner_id = ANY($1) AND NOT machine.deleted ORDER BY machine.runner_id, machine.id DESC`,
      [runnerIds],
    );
  }

  async enrolledIn(hetznerProjectId: string): Promise<Machine[]> {
    const rows: Row[] = await this.tx.query(
      `SELECT ${COLUMNS} FROM machine LEFT JOIN ${OF_PROJECT}
       WHERE machine.hetzner_project_id = $1 AND NOT machine.deleted AND machine.server_id > 0
         AND machine.enrolled_generation = machine.generation ORDER BY machine.id`,
      [hetznerProjectId],
    );
    return rows.map((row) => ({ ...row, serverId: Number(row.serverId) }));
  }

  async save(machine: Machine): Promise<boolean> {
    const { id, generation, protected: isProtected, verifiedAt, inForce, version } = machine;
    const [saved]: [unknown[]] = await this.tx.query(
      `UPDATE machine SET protected = $3, verified_at = $4, in_force = $5, version = $6
       WHERE id = $1 AND generation = $2 AND NOT deleted RETURNING id`,
      [id, generation, isProtected, verifiedAt, inForce, version],
    );
    return saved.length > 0;
  }
}
