import { isId, NO_BUDGET } from '@cleanroom/kernel';
import { appendChange } from '@cleanroom/messaging';
import { assignments, fromRow, insertion, makeDue } from '@cleanroom/persistence';
import { currentTraceParent, knownBudgets } from '@cleanroom/service-kit';
import type { EntityManager } from 'typeorm';
import type { Runner } from '../../domain/runner.js';
import { nextTryAt } from '../../domain/next-try.js';
import { checkTransition } from '../../domain/transitions.js';
import type {
  RunnerPage,
  RunnerPatch,
  RunnerStore,
  StateCount,
  TimelineEntry,
  TimelineStore,
} from '../../ports.js';
import { appendRunner } from '../events/append-runner.js';

const COLUMNS = `id, organization_id, pool_id, hetzner_project_id, version, name, seat, state, state_since, state_reason, trouble, attempt, failures,
  machine_id, primary_ip_id, address, location, wanted, wanted_because, wanted_by, retry_at, pinned_until,
  draining, retiring, ip_released, held_by_budget`;
const BIGINTS = ['version', 'primaryIpId'];
const FILTER = `state <> 'DELETED' AND ($1::text IS NULL OR pool_id = $1) AND ($2::text[] IS NULL OR state = ANY($2))`;
const FILTER_ALL = `($1::text IS NULL OR pool_id = $1) AND state = ANY($2::text[])`;

/** A filter by what is no id finds nothing. */
const canBeOf = (poolId: string | undefined): boolean => poolId === undefined || isId('pool', poolId);

export class PostgresRunnerStore implements RunnerStore {
  constructor(
    private readonly tx: EntityManager,
    private readonly timeline: TimelineStore,
    private readonly now: () => Date,
  ) {}

  async find(id: string): Promise<Runner | undefined> {
    return isId('runner', id) ? (await this.read('WHERE id = $1', [id]))[0] : undefined;
  }

  findAll(ids: readonly string[]): Promise<Runner[]> {
    return this.read('WHERE id = ANY($1)', [ids]);
  }

  ofPool(poolId: string): Promise<Runner[]> {
    return this.read(`WHERE pool_id = $1 AND state <> 'DELETED' ORDER BY id`, [poolId]);
  }

  async page({ poolId, states }: RunnerPage, limit: number, afterId: string | undefined): Promise<Runner[]> {
    if (!canBeOf(poolId)) return [];
    const filter = states ? FILTER_ALL : FILTER;
    const where = `WHERE ${filter} AND id > coalesce($4, '') ORDER BY id LIMIT $3`;
    return this.read(where, [poolId ?? null, states ?? null, limit, afterId ?? null]);
  }

  async count({ poolId, states }: RunnerPage): Promise<number> {
    if (!canBeOf(poolId)) return 0;
    const filter = states ? FILTER_ALL : FILTER;
    const [row]: [{ count: string }] = await this.tx.query(`SELECT count(*) FROM runner WHERE ${filter}`, [
      poolId ?? null,
      states ?? null,
    ]);
    return Number(row.count);
  }

  async countStates(poolIds: readonly string[]): Promise<StateCount[]> {
    const rows: Record<string, unknown>[] = await this.tx.query(
      `SELECT pool_id, state, count(*) FROM runner WHERE pool_id = ANY($1) AND state <> 'DELETED' GROUP BY 1, 2`,
      [poolIds],
    );
    return rows.map((row) => fromRow<StateCount>(row, ['count']));
  }

  async insert(runner: Runner): Promise<void> {
    const { columns, placeholders, values } = insertion(runner);
    await this.tx.query(`INSERT INTO runner (${columns}) VALUES (${placeholders})`, values);
    await this.logState(runner, null);
    await appendRunner(this.tx, runner, { nextTryAt: null });
    await this.makeDue(runner.id, this.now());
  }

  async change(runner: Runner, patch: RunnerPatch, entry?: TimelineEntry): Promise<Runner> {
    const moves = patch.state !== undefined && patch.state !== runner.state;
    if (moves && patch.state) checkTransition(runner.state, patch.state);
    const { sql, values } = assignments(patch, 2);
    await this.tx.query(`UPDATE runner SET ${sql ? `${sql}, ` : ''}version = version + 1 WHERE id = $1`, [
      runner.id,
      ...values,
    ]);
    const changed = await this.find(runner.id);
    if (!changed) throw new Error(`runner ${runner.id} is not there`);
    if (moves) await this.logState(changed, runner.state);
    if (entry) await this.timeline.add(runner.id, entry);
    const machine = await this.currentMachine(changed.machineId);
    const budget = changed.heldByBudget ? await knownBudgets(this.tx).over(changed.poolId) : NO_BUDGET;
    await appendRunner(this.tx, changed, { machine, nextTryAt: nextTryAt(changed, budget, this.now()) });
    return changed;
  }

  makeDue(id: string, at: Date): Promise<void> {
    return makeDue(this.tx, 'runner', id, at, currentTraceParent());
  }

  private async currentMachine(id: string | null) {
    if (id === null) return undefined;
    const rows: { generation: number; gitlab_runner_id: string }[] = await this.tx.query(
      `SELECT generation, gitlab_runner_id FROM machine WHERE id = $1`,
      [id],
    );
    return rows[0] && { generation: rows[0].generation, gitlabRunnerId: Number(rows[0].gitlab_runner_id) };
  }

  private async logState(
    { id, organizationId, poolId, state, stateSince }: Runner,
    from: string | null,
  ): Promise<void> {
    const payload = { from, to: state, poolId };
    await appendChange(this.tx, { organizationId, kind: 'runner', subjectId: id, payload, at: stateSince });
  }

  private async read(where: string, parameters: unknown[]): Promise<Runner[]> {
    const rows: Record<string, unknown>[] = await this.tx.query(
      `SELECT ${COLUMNS} FROM runner ${where}`,
      parameters,
    );
    return rows.map((row) => fromRow<Runner>(row, BIGINTS));
  }
}
