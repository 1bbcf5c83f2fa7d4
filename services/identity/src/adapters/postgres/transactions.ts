import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { appendEvent } from '@cleanroom/messaging';
import {
  acrossOrganizations,
  finishLease,
  fromRow,
  inOrganization,
  insertion,
  type Database,
} from '@cleanroom/persistence';
import type { Sealer } from '@cleanroom/secrets';
import { knownBudgets } from '@cleanroom/service-kit';
import type { EntityManager } from 'typeorm';
import type {
  ApiToken,
  GitLabConnection,
  HetznerProject,
  IdentityTransaction,
  Transactions,
} from '../../ports.js';
import {
  appendGitLabConnection,
  appendHetznerProject,
  type RecipientKeys,
} from '../events/append-connection.js';
import { auditPage } from './audit-page.js';
import { PostgresConnectionStore, type ConnectionKind } from './connection.store.js';
import { PostgresMachineStore } from './machine.store.js';
import { PostgresSessionStore } from './session.store.js';
import { PostgresStaticIpStore } from './static-ip.store.js';

export interface TransactionsOptions {
  database: Database;
  clock: Clock;
  sealer: Sealer;
  recipientKeys: RecipientKeys;
  /** Where GitLab is to send webhooks of a connection. */
  webhookUrl: (id: string) => string;
}

const TOKEN_COLUMNS = 'id, organization_id, name, role, created_at, last_used_at, expires_at';

/** Transactions of one organisation, in PostgreSQL. */
export class PostgresTransactions implements Transactions {
  private readonly hetzner: ConnectionKind<HetznerProject>;
  private readonly gitlab: ConnectionKind<GitLabConnection>;

  constructor(private readonly options: TransactionsOptions) {
    const { recipientKeys, webhookUrl } = options;
    this.hetzner = {
      table: 'hetzner_project',
      checkTable: 'hetzner_check',
      columns:
        'id, organization_id, version, name, endpoint, status, last_checked_at, ssh_key_id, currency, deleted',
      bigints: ['version', 'sshKeyId'],
      secretKind: 'hetzner-token',
      // A runner may be heard of before its pool, and its address must not outlive the credentials.
      usedBy: `SELECT FROM known_pool WHERE hetzner_project_id = $1 AND NOT deleted
        UNION ALL SELECT FROM static_ip WHERE hetzner_project_id = $1 AND status <> 'RELEASED'`,
      tracesOf: `SELECT FROM static_ip WHERE hetzner_project_id = connection.id`,
      tell: appendHetznerProject(recipientKeys),
    };
    this.gitlab = {
      table: 'gitlab_connection',
      checkTable: 'gitlab_check',
      columns: 'id, organization_id, version, name, url, status, last_checked_at, deleted',
      bigints: ['version'],
      secretKind: 'gitlab-token',
      usedBy: `SELECT FROM known_pool WHERE gitlab_connection_id = $1 AND NOT deleted`,
      tracesOf: `SELECT FROM known_pool WHERE gitlab_connection_id = connection.id`,
      tell: appendGitLabConnection(recipientKeys, webhookUrl),
    };
  }

  inOrganization<T>(organizationId: string, work: (tx: IdentityTransaction) => Promise<T>): Promise<T> {
    return inOrganization(this.options.database, organizationId, (tx) => work(this.over(tx)));
  }

  private async organizationNamed(tx: EntityManager, name: string): Promise<string | undefined> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('organization ' || $1, 0))`, [name]);
    const [row]: { id: string }[] = await acrossOrganizations(this.options.database, (all) =>
      all.query(`SELECT id FROM organization WHERE name = $1 ORDER BY id LIMIT 1`, [name]),
    );
    return row?.id;
  }

  private over(tx: EntityManager): IdentityTransaction {
    const { clock, sealer } = this.options;
    const now = () => clock.now();
    return {
      hetznerProjects: new PostgresConnectionStore(tx, this.hetzner, sealer, now),
      gitlabConnections: new PostgresConnectionStore(tx, this.gitlab, sealer, now),
      staticIps: new PostgresStaticIpStore(tx),
      machines: new PostgresMachineStore(tx),
      sessions: new PostgresSessionStore(tx),
      ...accounts(tx, now),
      budgetOver: (poolId) => knownBudgets(tx).over(poolId),
      organizationNamed: (name) => this.organizationNamed(tx, name),
      finish: (table, lease, nextDueAt) => finishLease(tx, table, lease, nextDueAt),
    };
  }
}

type Accounts = Pick<
  IdentityTransaction,
  | 'organization'
  | 'insertOrganization'
  | 'apiTokens'
  | 'lockApiTokens'
  | 'insertApiToken'
  | 'revokeApiToken'
  | 'audit'
  | 'auditPage'
  | 'forgetIssuedTokens'
>;

/** More than one, so that what has piled up is worked off; few, because a machine waits meanwhile. */
const FORGOTTEN_AT_ONCE = 10;

const accounts = (tx: EntityManager, now: () => Date): Accounts => ({
  organization: async () =>
    (await tx.query(`SELECT id, name FROM organization`))[0] as { id: string; name: string } | undefined,
  insertOrganization: async ({ id, name, timeZone }) => {
    await tx.query(
      `INSERT INTO organization (id, organization_id, name, time_zone) VALUES ($1, $1, $2, $3)`,
      [id, name, timeZone],
    );
    await appendEvent(tx, topics.organization, { organizationId: id, version: 1n, name, timeZone });
  },
  apiTokens: () => readApiTokens(tx, ''),
  lockApiTokens: () => readApiTokens(tx, 'FOR UPDATE'),
  insertApiToken: async (token, hash) => {
    const { columns, placeholders, values } = insertion({ ...token, hash: Buffer.from(hash) });
    await tx.query(`INSERT INTO api_token (${columns}) VALUES (${placeholders})`, values);
  },
  revokeApiToken: async (id, at) => {
    const [rows]: [unknown[]] = await tx.query(
      `UPDATE api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING id`,
      [id, at],
    );
    return rows.length > 0;
  },
  audit: async (actor, action, target, outcome = 'DONE') => {
    await tx.query(
      `INSERT INTO audit_log (organization_id, at, actor, action, subject, outcome)
       VALUES (cleanroom_organization(), $1, $2, $3, $4, $5)`,
      [now(), actor, action, target, outcome],
    );
  },
  auditPage: (page) => auditPage(tx, page),
  forgetIssuedTokens: (before) => forgetIssuedTokens(tx, before),
});

async function readApiTokens(tx: EntityManager, lock: '' | 'FOR UPDATE'): Promise<ApiToken[]> {
  const rows: Record<string, unknown>[] = await tx.query(
    `SELECT ${TOKEN_COLUMNS} FROM api_token WHERE revoked_at IS NULL ORDER BY id ${lock}`,
  );
  return rows.map((row) => fromRow<ApiToken>(row, []));
}

/** One at a time: those who come meanwhile would choose the same tokens, and wait to find them forgotten. */
async function forgetIssuedTokens(tx: EntityManager, before: Date): Promise<void> {
  const [lock]: { taken: boolean }[] = await tx.query(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('forget tokens of ' || cleanroom_organization(), 0)) AS taken`,
  );
  if (!lock?.taken) return;
  await tx.query(
    `DELETE FROM audit_log WHERE id IN (
       SELECT id FROM audit_log WHERE action = 'issue-workload-token' AND at < $1 ORDER BY at LIMIT ${FORGOTTEN_AT_ONCE})`,
    [before],
  );
}
