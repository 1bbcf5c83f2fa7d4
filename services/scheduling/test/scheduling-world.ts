import { randomBytes } from 'node:crypto';
import { fromBinary } from '@bufbuild/protobuf';
import { CapacityDecidedSchema, topics, type CapacityDecided } from '@cleanroom/contracts';
import { composeId, silentLog, type IdKind } from '@cleanroom/kernel';
import type { LeasedWork } from '@cleanroom/persistence';
import { sealer } from '@cleanroom/secrets';
import { leasedLoops } from '@cleanroom/service-kit';
import { fixedClock, serviceDatabase } from '@cleanroom/testing';
import { Webhook } from 'standardwebhooks';
import { followConnection } from '../src/actions/follow-connection.js';
import { followHetznerProject } from '../src/actions/follow-hetzner-project.js';
import { followPool } from '../src/actions/follow-pool.js';
import { followRunner } from '../src/actions/follow-runner.js';
import { webhookCheck } from '../src/adapters/gitlab/webhook-check.js';
import { publicHolidays } from '../src/adapters/holidays/public-holidays.js';
import { transactionsOf } from '../src/adapters/postgres/ledger.store.js';
import { migrations } from '../src/adapters/postgres/migrations/index.js';
import { tables } from '../src/adapters/postgres/tables.js';
import { hookVault } from '../src/adapters/secrets/hook-vault.js';
import type { Job } from '../src/domain/job.js';
import type { Pool, RunnerNews } from '../src/ledger-port.js';
import { loops } from '../src/loops/loops.js';
import type { Connection, GitLab, Ports, WebhookRequest } from '../src/ports.js';
import { FakeGitLab } from './fake-gitlab.js';

/** One organisation with a connection, in a database of its own, and a GitLab in memory or another. */
export class SchedulingWorld {
  readonly clock = fixedClock('2026-03-02T08:00:00Z');
  readonly gitlab = new FakeGitLab();
  readonly vault = hookVault(sealer(randomBytes(32).toString('base64')));
  readonly organizationId = this.id('organization');
  readonly connectionId = this.id('gitlabConnection');
  readonly hetznerProjectId = this.id('hetznerProject');
  readonly ports: Ports;
  #workers: LeasedWork[] = [];
  #version = 0;

  private constructor(
    readonly db: Awaited<ReturnType<typeof serviceDatabase>>,
    gitlab?: GitLab,
  ) {
    this.ports = {
      transactions: transactionsOf(db),
      gitlab: gitlab ?? this.gitlab,
      vault: this.vault,
      webhooks: webhookCheck,
      holidays: publicHolidays,
      clock: this.clock,
      log: silentLog,
      newId: (kind) => this.id(kind),
    };
  }

  static async open(gitlab?: GitLab): Promise<SchedulingWorld> {
    const db = await serviceDatabase({ name: 'scheduling', migrations, entities: tables, isCopy: true });
    return new SchedulingWorld(db, gitlab);
  }

  id(kind: IdKind): string {
    return composeId(kind, this.clock.now(), randomBytes(16));
  }

  /** Identity tells of the connection. */
  async connect(given: Partial<Connection> = {}): Promise<void> {
    const news = {
      id: this.connectionId,
      organizationId: this.organizationId,
      version: ++this.#version,
      status: 'CONNECTED' as const,
      url: 'https://gitlab.example',
      accessToken: Buffer.from('sealed'),
      webhookUrl: `https://cleanroom.example/webhooks/gitlab/${this.connectionId}`,
      deleted: false,
      ...given,
    };
    await this.run((ledger) => followConnection(this.vault, ledger, news, this.clock.now()));
  }

  /** Identity tells of the Hetzner project. */
  async hetzner(status: Connection['status']): Promise<void> {
    const { hetznerProjectId: id, organizationId } = this;
    const project = { id, organizationId, version: ++this.#version, status };
    await this.run((ledger) => followHetznerProject(ledger, project));
  }

  /** Provisioning tells of a pool. */
  async pool(given: Partial<Pool> = {}): Promise<Pool> {
    const pool: Pool = {
      id: this.id('pool'),
      organizationId: this.organizationId,
      version: ++this.#version,
      name: 'builders',
      connectionId: this.connectionId,
      hetznerProjectId: this.hetznerProjectId,
      scopeKind: 'GROUP',
      scopePath: 'acme',
      scopeId: 1,
      tags: ['linux'],
      runUntagged: false,
      protectedRefsOnly: false,
      size: 4,
      paused: false,
      deleting: false,
      deleted: false,
      ...given,
    };
    await this.run((ledger) => followPool(ledger, pool, this.clock.now()));
    return pool;
  }

  /** Provisioning tells of a runner. */
  async runner(pool: Pool, given: Partial<RunnerNews> = {}): Promise<RunnerNews> {
    const runner: RunnerNews = {
      id: this.id('runner'),
      organizationId: this.organizationId,
      version: ++this.#version,
      poolId: pool.id,
      name: 'builders-1',
      state: 'IDLE',
      stateSince: this.clock.now(),
      stateReason: '',
      trouble: null,
      nextTryAt: null,
      hasMachine: true,
      gitlabRunnerId: 7,
      ...given,
    };
    await this.run((ledger) => followRunner(ledger, runner, this.clock.now()));
    return runner;
  }

  run: <T>(work: Parameters<typeof this.ports.transactions.inOrganization<T>>[1]) => Promise<T> = (work) =>
    this.ports.transactions.inOrganization(this.organizationId, work);

  /** Starts the workers of the service. */
  work(): void {
    const { db, ports } = this;
    this.#workers = leasedLoops(loops, { ports, db, clock: this.clock, log: ports.log });
    for (const worker of this.#workers) worker.start(() => undefined);
  }

  /** A webhook as GitLab signs it. */
  async webhook(
    gitlabJobId: number,
    deliveryId: string,
    given: { secret?: string } = {},
  ): Promise<WebhookRequest> {
    const connection = await this.run((ledger) => ledger.connections.find(this.connectionId));
    const { signing } = await this.vault.open(connection!);
    const body = JSON.stringify({
      object_kind: 'build',
      build_id: gitlabJobId,
      build_name: 'job',
      build_status: 'pending',
      ref: 'main',
      tag: false,
      project_id: 1,
      pipeline_id: 3,
    });
    const now = new Date();
    const headers = {
      'webhook-id': deliveryId,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(given.secret ?? signing.reveal()).sign(deliveryId, now, body),
    };
    return { headers, body: Buffer.from(body) };
  }

  /** What is in a table, across organisations, seen by the superuser. */
  async rows<T = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.db.asAdmin(sql, values)) as T[];
  }

  async jobs(): Promise<Pick<Job, 'status' | 'version'>[]> {
    return this.rows(
      'SELECT gitlab_job_id::int AS "gitlabJobId", status, pool_id AS "poolId" FROM job ORDER BY id',
    );
  }

  /** Every capacity that was published, in order. */
  async decisions(): Promise<CapacityDecided[]> {
    const rows = await this.rows<{ payload: Buffer }>(
      'SELECT payload FROM outbox WHERE topic = $1 ORDER BY seq',
      [topics.capacity.name],
    );
    return rows.map(({ payload }) => fromBinary(CapacityDecidedSchema, payload));
  }

  async lastDecision(): Promise<CapacityDecided | undefined> {
    return (await this.decisions()).at(-1);
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.stop()));
    await this.db.close();
  }
}
