import { isId } from '@cleanroom/kernel';
import { assignments, fromRow, insertion, makeDue } from '@cleanroom/persistence';
import { currentTraceParent } from '@cleanroom/service-kit';
import type { EntityManager } from 'typeorm';
import type { SoldOut } from '../../domain/placement.js';
import type { Pool } from '../../domain/pool.js';
import type { GitLabPlaces, GitLabScope, PoolStore } from '../../ports.js';
import { appendPool } from '../events/append-pool.js';

const COLUMNS = `id, organization_id, version, name, gitlab_connection_id, hetzner_project_id, scope_kind, scope_path, scope_id,
  tags, run_untagged, protected_refs_only, server_types, locations, image, size, fresh_machine, idle_timeout_seconds, max_machine_age_seconds,
  paused, deleting, deleted, wanted, wanted_because, policy_ids`;
const BIGINTS = ['version', 'scopeId'];

export class PostgresPoolStore implements PoolStore {
  constructor(
    private readonly tx: EntityManager,
    private readonly now: () => Date,
  ) {}

  async find(id: string): Promise<Pool | undefined> {
    return isId('pool', id) ? (await this.read('WHERE id = $1', [id]))[0] : undefined;
  }

  findAll(ids: readonly string[]): Promise<Pool[]> {
    return this.read('WHERE id = ANY($1)', [ids]);
  }

  async lock(id: string): Promise<Pool | undefined> {
    if (!isId('pool', id)) return undefined;
    await this.tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 1))`, [id]);
    return this.find(id);
  }

  async lockShared(id: string): Promise<Pool | undefined> {
    if (!isId('pool', id)) return undefined;
    await this.tx.query(`SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 1))`, [id]);
    return this.find(id);
  }

  async findByName(name: string): Promise<Pool | undefined> {
    await this.tx.query(`SELECT pg_advisory_xact_lock(hashtextextended(cleanroom_organization() || $1, 0))`, [
      name,
    ]);
    return (await this.read('WHERE name = $1 AND NOT deleted', [name]))[0];
  }

  page(limit: number, afterId: string | undefined): Promise<Pool[]> {
    return this.read("WHERE NOT deleted AND id > coalesce($2, '') ORDER BY id LIMIT $1", [
      limit,
      afterId ?? null,
    ]);
  }

  async count(): Promise<number> {
    const [row]: [{ count: string }] = await this.tx.query(`SELECT count(*) FROM pool WHERE NOT deleted`);
    return Number(row.count);
  }

  async insert(pool: Pool, createdAt: Date): Promise<void> {
    const { columns, placeholders, values } = insertion({ ...pool, createdAt });
    await this.tx.query(`INSERT INTO pool (${columns}) VALUES (${placeholders})`, values);
    await appendPool(this.tx, pool);
    await this.makeDue(pool.id, this.now());
  }

  async change(id: string, patch: Partial<Pool>): Promise<Pool> {
    const { sql, values } = assignments(patch, 2);
    await this.tx.query(`UPDATE pool SET ${sql ? `${sql}, ` : ''}version = version + 1 WHERE id = $1`, [
      id,
      ...values,
    ]);
    const [pool] = await this.read('WHERE id = $1', [id]);
    if (!pool) throw new Error(`pool ${id} is not there`);
    await appendPool(this.tx, pool);
    await this.makeDue(id, this.now());
    return pool;
  }

  makeDue(id: string, at: Date): Promise<void> {
    return makeDue(this.tx, 'pool', id, at, currentTraceParent());
  }

  async placesOf(gitlabConnectionId: string): Promise<GitLabPlaces> {
    const scopes: Record<string, unknown>[] = await this.tx.query(
      `SELECT DISTINCT scope_kind, scope_id FROM pool WHERE gitlab_connection_id = $1`,
      [gitlabConnectionId],
    );
    const inUse: { gitlab_runner_id: string }[] = await this.tx.query(
      `SELECT gitlab_runner_id FROM machine JOIN pool ON pool.id = pool_id
       WHERE gitlab_connection_id = $1 AND gitlab_runner_id > 0 AND deleted_at IS NULL`,
      [gitlabConnectionId],
    );
    return {
      scopes: scopes.map((row) => fromRow<GitLabScope>(row, BIGINTS)),
      inUse: new Set(inUse.map(({ gitlab_runner_id: id }) => Number(id))),
    };
  }

  async soldOut(hetznerProjectId: string): Promise<SoldOut[]> {
    const rows: Record<string, unknown>[] = await this.tx.query(
      `SELECT server_type, location, until FROM sold_out WHERE hetzner_project_id = $1`,
      [hetznerProjectId],
    );
    return rows.map((row) => fromRow<SoldOut>(row, []));
  }

  async markSoldOut(hetznerProjectId: string, { serverType, location, until }: SoldOut): Promise<void> {
    await this.tx.query(
      `INSERT INTO sold_out (organization_id, hetzner_project_id, server_type, location, until)
       VALUES (cleanroom_organization(), $1, $2, $3, $4)
       ON CONFLICT (hetzner_project_id, server_type, location) DO UPDATE SET until = excluded.until`,
      [hetznerProjectId, serverType, location, until],
    );
  }

  private async read(where: string, parameters: unknown[]): Promise<Pool[]> {
    const rows: Record<string, unknown>[] = await this.tx.query(
      `SELECT ${COLUMNS} FROM pool ${where}`,
      parameters,
    );
    return rows.map((row) => fromRow<Pool>(row, BIGINTS));
  }
}
