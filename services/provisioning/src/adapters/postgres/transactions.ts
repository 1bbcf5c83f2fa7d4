import { isId, type Clock, type WorkLease } from '@cleanroom/kernel';
import {
  acrossOrganizations,
  finishLease,
  fromRow,
  inOrganization,
  LeaseLost,
  type Database,
} from '@cleanroom/persistence';
import { knownBudgets } from '@cleanroom/service-kit';
import type { EntityManager } from 'typeorm';
import { appendAudit } from '../events/append-audit.js';
import { wakeRunnersWhere } from '../events/wake-runners.js';
import type { Project, ProvisioningTransaction, Transactions, WorkTable } from '../../ports.js';
import { PostgresMachineStore } from './machine.store.js';
import { PostgresPoolStore } from './pool.store.js';
import { PostgresRunnerStore } from './runner.store.js';
import { PostgresSightingStore } from './sighting.store.js';
import { PostgresTimelineStore } from './timeline.store.js';

const tableOf = { hetzner: 'hetzner_project', gitlab: 'gitlab_connection' } as const;

/** Transactions of one organisation, in PostgreSQL. */
export class PostgresTransactions implements Transactions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  inOrganization<T>(organizationId: string, work: (tx: ProvisioningTransaction) => Promise<T>): Promise<T> {
    return inOrganization(this.database, organizationId, (tx) =>
      work(provisioningTransaction(tx, this.clock)),
    );
  }

  async machinesOfAnybody(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const rows: { id: string }[] = await acrossOrganizations(this.database, (tx) =>
      tx.query('SELECT id FROM machine WHERE id = ANY($1)', [ids]),
    );
    return new Set(rows.map(({ id }) => id));
  }
}

/** The stores over an open transaction, such as that of an event's consumer. */
export function provisioningTransaction(tx: EntityManager, clock: Clock): ProvisioningTransaction {
  const now = () => clock.now();
  const timeline = new PostgresTimelineStore(tx, now);
  return {
    audit: (record) => appendAudit(tx, record),
    pools: new PostgresPoolStore(tx, now),
    runners: new PostgresRunnerStore(tx, timeline, now),
    machines: new PostgresMachineStore(tx, now),
    timeline,
    sightings: new PostgresSightingStore(tx),
    budgetOver: (poolId) => knownBudgets(tx).over(poolId),
    budgetsOver: (poolIds) => knownBudgets(tx).overEach(poolIds),
    project: async (id) => (isId('hetznerProject', id) ? projectOf(tx, id, now()) : undefined),
    gitlab: async (id) => (isId('gitlabConnection', id) ? gitlabOf(tx, id, now()) : undefined),
    stopWriting: async (kind, id) => {
      const until = new Date(clock.now().getTime() + REFUSED_FOR_MS);
      await tx.query(`UPDATE ${tableOf[kind]} SET refused_until = $2 WHERE id = $1`, [id, until]);
    },
    writeAgain: (kind, id) => writeAgain(tx, clock, kind, id),
    hold: (table, lease) => holdLease(tx, table, lease),
    finish: (table, lease, nextDueAt) => finishLease(tx, table, lease, nextDueAt),
  };
}

/** The next look at the project or GitLab after that tells whether they are still refused. */
const REFUSED_FOR_MS = 120_000;

/** All that waits for the connection is looked at again. */
async function writeAgain(
  tx: EntityManager,
  clock: Clock,
  kind: 'hetzner' | 'gitlab',
  id: string,
): Promise<void> {
  const [freed]: [unknown[], number] = await tx.query(
    `UPDATE ${tableOf[kind]} SET refused_until = NULL WHERE id = $1 AND refused_until IS NOT NULL RETURNING id`,
    [id],
  );
  if (freed.length > 0) await wakeRunnersWhere(tx, clock, waitingFor[kind], id);
}

const waitingFor = {
  hetzner: 'hetzner_project_id = $1',
  gitlab: 'pool_id IN (SELECT id FROM pool WHERE gitlab_connection_id = $1)',
};

/** Whoever wants to take the row over has to wait until this transaction has ended. */
async function holdLease(tx: EntityManager, table: WorkTable, { id, epoch }: WorkLease): Promise<void> {
  const held: unknown[] = await tx.query(
    `SELECT id FROM ${table} WHERE id = $1 AND lease_epoch = $2 FOR NO KEY UPDATE`,
    [id, epoch.toString()],
  );
  if (held.length === 0) throw new LeaseLost(table, id);
}

const USABLE = 'usable AND (refused_until IS NULL OR refused_until <= $2) AS usable';

async function projectOf(tx: EntityManager, id: string, now: Date): Promise<Project | undefined> {
  const rows: Record<string, unknown>[] = await tx.query(
    `SELECT id, ${USABLE}, ssh_key_id, baseline_firewall_id FROM hetzner_project WHERE id = $1 AND NOT deleted AND version > 0`,
    [id, now],
  );
  return rows[0] && fromRow<Project>(rows[0], ['sshKeyId', 'baselineFirewallId']);
}

async function gitlabOf(tx: EntityManager, id: string, now: Date) {
  const rows: { id: string; usable: boolean; url: string }[] = await tx.query(
    `SELECT id, ${USABLE}, url FROM gitlab_connection WHERE id = $1 AND NOT deleted`,
    [id, now],
  );
  return rows[0];
}
