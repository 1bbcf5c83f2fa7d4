import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { EnrolmentStatus, topics } from '@cleanroom/contracts';
import { appendEvent } from '@cleanroom/messaging';
import { fromRow } from '@cleanroom/persistence';
import type { EntityManager } from 'typeorm';
import type { KnownMachine } from '../../domain/enrolment.js';
import type { MachineStore } from '../../ports.js';

const COLUMNS = `id, organization_id, runner_id, pool_id, generation, address, ticket_hash, ticket_expires_at, ticket_used_at,
  public_key, revoked, deleted, quarantined, elsewhere_generation`;

export class PostgresMachineStore implements MachineStore {
  constructor(private readonly tx: EntityManager) {}

  async find(id: string): Promise<KnownMachine | undefined> {
    // Locked: enrolments of one machine are judged one after the other.
    const rows: Record<string, unknown>[] = await this.tx.query(
      `SELECT ${COLUMNS} FROM machine WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return rows[0] && fromRow<KnownMachine>(rows[0], []);
  }

  async useTicket(id: string, publicKey: string, now: Date): Promise<void> {
    await this.tx.query(`UPDATE machine SET ticket_used_at = $3, public_key = $2 WHERE id = $1`, [
      id,
      publicKey,
      now,
    ]);
  }

  async quarantine(id: string): Promise<void> {
    await this.tx.query(`UPDATE machine SET quarantined = true WHERE id = $1`, [id]);
  }

  async toldElsewhere(id: string, generation: number): Promise<void> {
    await this.tx.query(`UPDATE machine SET elsewhere_generation = $2 WHERE id = $1`, [id, generation]);
  }

  async tokenIssued(runnerId: string, at: Date): Promise<void> {
    await this.tx.query(
      `INSERT INTO workload (id, organization_id, last_token_issued_at) VALUES ($1, cleanroom_organization(), $2)
       ON CONFLICT (id) DO UPDATE SET last_token_issued_at = excluded.last_token_issued_at`,
      [runnerId, at],
    );
  }

  async lastTokensIssued(runnerIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    const rows: { id: string; last_token_issued_at: Date }[] = await this.tx.query(
      `SELECT id, last_token_issued_at FROM workload WHERE id = ANY($1)`,
      [runnerIds],
    );
    return new Map(rows.map((row) => [row.id, row.last_token_issued_at]));
  }

  async tell(id: string, status: 'ENROLLED' | 'QUARANTINED', at: Date): Promise<void> {
    const [rows]: [
      { organization_id: string; runner_id: string; pool_id: string; generation: number; version: string }[],
    ] = await this.tx.query(
      `UPDATE machine SET version = version + 1 WHERE id = $1 RETURNING organization_id, runner_id, pool_id, generation, version`,
      [id],
    );
    const [machine] = rows;
    if (!machine) throw new Error(`machine ${id} is not there`);
    await appendEvent(this.tx, topics.machineIdentity, {
      machineId: id,
      organizationId: machine.organization_id,
      runnerId: machine.runner_id,
      poolId: machine.pool_id,
      generation: machine.generation,
      version: BigInt(machine.version),
      status: EnrolmentStatus[status],
      enrolledAt: timestampFromDate(at),
    });
  }
}
