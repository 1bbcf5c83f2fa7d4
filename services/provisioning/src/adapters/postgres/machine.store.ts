import { isId } from '@cleanroom/kernel';
import { assignments, fromRow, insertion } from '@cleanroom/persistence';
import type { EntityManager } from 'typeorm';
import type { Machine } from '../../domain/machine.js';
import type { MachinePatch, MachineStore, Place } from '../../ports.js';
import { appendMachine } from '../events/append-machine.js';

const COLUMNS = `id, organization_id, runner_id, pool_id, hetzner_project_id, version, generation, attempt, server_type, location,
  address, primary_ip_id, server_id, ordered_at, order_sent_at, created_at, hourly_micros, monthly_cap_micros, ready_at, last_seen_at, deleted_at,
  credential_revoked, ticket_expires_at, enrolled_generation, protected_generation, started_generation,
  unprotected_since, gitlab_runner_id,
  gitlab_intent_generation, gitlab_takes, gitlab_token_sealed IS NOT NULL AS has_gitlab_token, job_started, job_over, gitlab_job_id, claimed_job_id, done_jobs, quiet,
  last_report_at, idle_said_at, max_builds, failed_generation, rebuild_intent_at, rebuild_sent, quarantined, vanished, absent_since, delete_sent_at, delete_action_id, delete_started_at,
  allowed_types, hours_asked, hours_decided, hours_granted, spend_reason,
  ticket_hash`;
const BIGINTS = [
  'version',
  'primaryIpId',
  'serverId',
  'gitlabRunnerId',
  'gitlabJobId',
  'claimedJobId',
  'deleteActionId',
];

/** What other services are told of a machine; changes of anything else stay inside. */
const TOLD = new Set([
  'generation',
  'attempt',
  'ticketHash',
  'serverType',
  'serverId',
  'createdAt',
  'hourlyMicros',
  'monthlyCapMicros',
  'readyAt',
  'deletedAt',
  'credentialRevoked',
  'hoursAsked',
]);

/** Of a machine that has no server yet, as far as anybody knows. */
const IS_ORDERED_IN = `hetzner_project_id = $1 AND server_type = $2 AND location = $3 AND server_id = 0 AND deleted_at IS NULL`;

type MachineWithTicket = Machine & { readonly ticketHash: Uint8Array };

export class PostgresMachineStore implements MachineStore {
  constructor(
    private readonly tx: EntityManager,
    private readonly now: () => Date,
  ) {}

  async find(id: string): Promise<Machine | undefined> {
    return isId('machine', id) ? (await this.read('WHERE id = $1', [id]))[0] : undefined;
  }

  findAll(ids: readonly string[]): Promise<Machine[]> {
    return this.read('WHERE id = ANY($1)', [ids]);
  }

  async lock(id: string): Promise<Machine | undefined> {
    return (await this.read('WHERE id = $1 FOR NO KEY UPDATE', [id]))[0];
  }

  async insert({ hasGitlabToken: _, ...machine }: Machine, ticketHash: Uint8Array): Promise<void> {
    const { columns, placeholders, values } = insertion({ ...machine, ticketHash: Buffer.from(ticketHash) });
    await this.tx.query(`INSERT INTO machine (${columns}) VALUES (${placeholders})`, values);
    await appendMachine(this.tx, { ...machine, hasGitlabToken: false }, ticketHash, this.now());
  }

  async change(id: string, patch: MachinePatch): Promise<Machine> {
    const { sql, values } = assignments(patch, 2);
    await this.tx.query(`UPDATE machine SET ${sql}, version = version + 1 WHERE id = $1`, [
      id,
      ...values.map(asBuffer),
    ]);
    const [machine] = await this.read('WHERE id = $1', [id]);
    if (!machine) throw new Error(`machine ${id} is not there`);
    if (Object.keys(patch).some((name) => TOLD.has(name)))
      await appendMachine(this.tx, machine, machine.ticketHash, this.now());
    return machine;
  }

  page(runnerId: string, limit: number, afterId: string | undefined): Promise<Machine[]> {
    const where = `WHERE runner_id = $1 AND ($3::text IS NULL OR id < $3) ORDER BY id DESC LIMIT $2`;
    return this.read(where, [runnerId, limit, afterId ?? null]);
  }

  async count(runnerId: string): Promise<number> {
    const [row]: [{ count: string }] = await this.tx.query(
      `SELECT count(*) FROM machine WHERE runner_id = $1`,
      [runnerId],
    );
    return Number(row.count);
  }

  async gitlabTokenOf(id: string): Promise<Uint8Array | undefined> {
    const rows: { gitlab_token_sealed: Buffer | null }[] = await this.tx.query(
      `SELECT gitlab_token_sealed FROM machine WHERE id = $1`,
      [id],
    );
    return rows[0]?.gitlab_token_sealed ?? undefined;
  }

  async isAnotherAsked(
    { id, hetznerProjectId, serverType, location }: Place & Pick<Machine, 'id'>,
    since: Date,
  ): Promise<boolean> {
    const place = [hetznerProjectId, serverType, location];
    await this.tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [place.join(' ')]);
    const asked: unknown[] = await this.tx.query(
      `SELECT 1 FROM machine WHERE ${IS_ORDERED_IN} AND order_sent_at >= $4 AND id <> $5 LIMIT 1`,
      [...place, since, id],
    );
    return asked.length > 0;
  }

  async nextToOrder({ hetznerProjectId, serverType, location }: Place): Promise<string | undefined> {
    const rows: { runner_id: string }[] = await this.tx.query(
      `SELECT runner_id FROM machine WHERE ${IS_ORDERED_IN} AND order_sent_at IS NULL ORDER BY ordered_at, id LIMIT 1`,
      [hetznerProjectId, serverType, location],
    );
    return rows[0]?.runner_id;
  }

  livingIn(hetznerProjectId: string): Promise<Machine[]> {
    return this.read('WHERE hetzner_project_id = $1 AND deleted_at IS NULL ORDER BY id', [hetznerProjectId]);
  }

  private async read(where: string, parameters: unknown[]): Promise<MachineWithTicket[]> {
    const rows: Record<string, unknown>[] = await this.tx.query(
      `SELECT ${COLUMNS} FROM machine ${where}`,
      parameters,
    );
    return rows.map((row) => ({
      ...fromRow<MachineWithTicket>(row, BIGINTS),
      hourlyMicros: microsFrom(row['hourly_micros']),
      monthlyCapMicros: microsFrom(row['monthly_cap_micros']),
    }));
  }
}

/** The driver would send a bare Uint8Array as JSON. */
const asBuffer = (value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value) : value);

/** Money stays an integer of any size. */
const microsFrom = (column: unknown): bigint | null => (column === null ? null : BigInt(column as string));
