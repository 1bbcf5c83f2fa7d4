import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { StaticIpStatus, StaticIpTrouble, topics } from '@cleanroom/contracts';
import { appendEvent } from '@cleanroom/messaging';
import { assignments, fromRow, makeDue } from '@cleanroom/persistence';
import type { EntityManager } from 'typeorm';
import type { Payment, StaticIp } from '../../domain/static-ip.js';
import type { StaticIpStore } from '../../static-ip-port.js';

const COLUMNS = `id, organization_id, pool_id, hetzner_project_id, version, status, reason, trouble, payment, question,
  asked_at, refused_until, seat, locations, refusals, location, primary_ip_id, address, created_at, last_seen_at,
  absent_since, release_sent_at, released_at`;
const WAITS = `status = 'RESERVING' AND trouble = 'LIMIT'`;
const BIGINTS = ['version', 'primaryIpId'];

export class PostgresStaticIpStore implements StaticIpStore {
  constructor(private readonly tx: EntityManager) {}

  async find(runnerId: string): Promise<StaticIp | undefined> {
    return (await this.read('WHERE id = $1', [runnerId]))[0];
  }

  findAll(runnerIds: readonly string[]): Promise<StaticIp[]> {
    return this.read('WHERE id = ANY($1)', [runnerIds]);
  }

  async lock(runnerId: string): Promise<StaticIp | undefined> {
    return (await this.read('WHERE id = $1 FOR UPDATE', [runnerId]))[0];
  }

  all(): Promise<StaticIp[]> {
    return this.read(`WHERE primary_ip_id > 0 AND status <> 'RELEASED' ORDER BY id`, []);
  }

  livingIn(hetznerProjectId: string): Promise<StaticIp[]> {
    return this.read(`WHERE hetzner_project_id = $1 AND status <> 'RELEASED' ORDER BY id`, [
      hetznerProjectId,
    ]);
  }

  async change(runnerId: string, patch: Partial<StaticIp>): Promise<StaticIp> {
    const { sql, values } = assignments(patch, 2);
    await this.tx.query(`UPDATE static_ip SET ${sql}, version = version + 1 WHERE id = $1`, [
      runnerId,
      ...values,
    ]);
    const changed = await this.find(runnerId);
    if (!changed) throw new Error(`static IP of ${runnerId} is not there`);
    await appendStaticIp(this.tx, changed);
    return changed;
  }

  async seen(runnerIds: readonly string[], at: Date): Promise<void> {
    await this.tx.query(`UPDATE static_ip SET last_seen_at = $2, absent_since = NULL WHERE id = ANY($1)`, [
      runnerIds,
      at,
    ]);
  }

  async missed(runnerIds: readonly string[], at: Date): Promise<void> {
    await this.tx.query(
      `UPDATE static_ip SET absent_since = $2 WHERE id = ANY($1) AND absent_since IS NULL`,
      [runnerIds, at],
    );
  }

  async answered(runnerId: string, payment: Payment): Promise<void> {
    await this.tx.query(`UPDATE static_ip SET payment = $2 WHERE id = $1`, [runnerId, payment]);
  }

  makeDue(runnerId: string, at: Date): Promise<void> {
    return makeDue(this.tx, 'static_ip', runnerId, at);
  }

  async releaseSent(runnerId: string, at: Date): Promise<void> {
    await this.tx.query(`UPDATE static_ip SET release_sent_at = $2 WHERE id = $1`, [runnerId, at]);
  }

  async nextTurnAt(hetznerProjectId: string): Promise<Date | undefined> {
    const rows: { at: Date }[] = await this.tx.query(
      `SELECT next_turn_at AS at FROM hetzner_project AS project
       WHERE id = $1 AND EXISTS (SELECT FROM static_ip WHERE hetzner_project_id = project.id AND ${WAITS})`,
      [hetznerProjectId],
    );
    return rows[0]?.at;
  }

  async setNextTurn(hetznerProjectId: string, at: Date): Promise<void> {
    await this.tx.query(`UPDATE hetzner_project SET next_turn_at = $2 WHERE id = $1`, [hetznerProjectId, at]);
  }

  async nextForTurn(hetznerProjectId: string): Promise<string | undefined> {
    const rows: { id: string }[] = await this.tx.query(
      `SELECT id FROM static_ip WHERE hetzner_project_id = $1 AND ${WAITS} ORDER BY due_at, id LIMIT 1`,
      [hetznerProjectId],
    );
    return rows[0]?.id;
  }

  async sighted(hetznerProjectId: string): Promise<Set<number>> {
    const rows: { primary_ip_id: string }[] = await this.tx.query(
      `SELECT primary_ip_id FROM sighted_ip WHERE hetzner_project_id = $1`,
      [hetznerProjectId],
    );
    return new Set(rows.map((row) => Number(row.primary_ip_id)));
  }

  async rememberSighted(hetznerProjectId: string, ids: readonly number[], braked: boolean): Promise<void> {
    await this.tx.query(`DELETE FROM sighted_ip WHERE hetzner_project_id = $1`, [hetznerProjectId]);
    await this.tx.query(
      `INSERT INTO sighted_ip (organization_id, hetzner_project_id, primary_ip_id, braked)
       SELECT cleanroom_organization(), $1, unnest($2::bigint[]), $3`,
      [hetznerProjectId, ids, braked],
    );
  }

  private async read(where: string, parameters: unknown[]): Promise<StaticIp[]> {
    const rows: Record<string, unknown>[] = await this.tx.query(
      `SELECT ${COLUMNS} FROM static_ip ${where}`,
      parameters,
    );
    return rows.map((row) => fromRow<StaticIp>(row, BIGINTS));
  }
}

async function appendStaticIp(tx: EntityManager, ip: StaticIp): Promise<void> {
  await appendEvent(tx, topics.staticIp, {
    runnerId: ip.id,
    organizationId: ip.organizationId,
    poolId: ip.poolId,
    hetznerProjectId: ip.hetznerProjectId,
    version: BigInt(ip.version),
    status: StaticIpStatus[ip.status],
    reason: ip.reason,
    trouble: StaticIpTrouble[ip.trouble ?? 'UNSPECIFIED'],
    budgetQuestion: ip.payment === 'UNASKED' ? 0 : ip.question,
    allowedLocations: [...ip.locations],
    refusedUntil: ip.payment === 'REFUSED' ? stamp(ip.refusedUntil) : undefined,
    location: ip.location,
    primaryIpId: BigInt(ip.primaryIpId),
    address: ip.address,
    createdAt: stamp(ip.createdAt),
    lastSeenAt: stamp(ip.lastSeenAt),
    releasedAt: stamp(ip.releasedAt),
  });
}

const stamp = (date: Date | null) => (date ? timestampFromDate(date) : undefined);
