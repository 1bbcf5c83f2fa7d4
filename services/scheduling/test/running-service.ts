import { randomBytes } from 'node:crypto';
import type { DescMessage, MessageInitShape } from '@bufbuild/protobuf';
import type { Timestamp } from '@bufbuild/protobuf/wkt';
import {
  ConnectionStatus,
  FreshMachine,
  GitLabScopeKind,
  RunnerState,
  type RunnerTrouble,
  topics,
  type Topic,
} from '@cleanroom/contracts';
import { composeId, silentLog, systemClock, type IdKind, type Role } from '@cleanroom/kernel';
import { appendEvent, Messaging, messagingMigrations } from '@cleanroom/messaging';
import { inOrganization, makeDue } from '@cleanroom/persistence';
import { generateRecipientKeys, Secret, wrapFor } from '@cleanroom/secrets';
import {
  listen,
  parseConfig,
  signCall,
  type RunningService as Listening,
  type SignedCaller,
} from '@cleanroom/service-kit';
import { serviceDatabase, startTestBus } from '@cleanroom/testing';
import { Webhook } from 'standardwebhooks';
import { migrations } from '../src/adapters/postgres/migrations/index.js';
import { tables } from '../src/adapters/postgres/tables.js';
import { SCHEDULING_PORTS } from '../src/adapters/scheduling-ports.js';
import { schedulingConfigSchema } from '../src/config.js';
import type { Ports } from '../src/ports.js';
import { SchedulingModule } from '../src/scheduling.module.js';

export interface Answer {
  readonly data?: Record<string, never>;
  readonly errors?: readonly { message: string; extensions?: { code?: string } }[];
}

/** The whole service in this process, behind a stand-in for the gateway, beside a stand-in for its neighbours. */
export class RunningService {
  readonly organizationId = newId('organization');
  readonly connectionId = newId('gitlabConnection');
  #version = 0n;

  private constructor(
    readonly key: string,
    readonly db: Awaited<ReturnType<typeof serviceDatabase>>,
    private readonly service: Listening,
    private readonly neighbour: Awaited<ReturnType<typeof openNeighbour>>,
    private readonly publicKey: string,
    private readonly bus: Awaited<ReturnType<typeof startTestBus>>,
    private readonly close: () => Promise<void>,
  ) {}

  /** @param gitlabUrl the one private address that a customer may name */
  static async start(gitlabUrl = 'http://127.0.0.1:1'): Promise<RunningService> {
    const bus = await startTestBus();
    const db = await serviceDatabase({ name: 'scheduling', migrations, entities: tables, isCopy: true });
    const keys = await generateRecipientKeys();
    const gatewayKey = randomBytes(32).toString('base64');
    const config = parseConfig(schedulingConfigSchema, {
      CLEANROOM_PORT: '0',
      CLEANROOM_PUBLIC_ORIGIN: 'http://127.0.0.1:4000',
      CLEANROOM_INSTALLATION: 'spec',
      CLEANROOM_GATEWAY_KEY: gatewayKey,
      CLEANROOM_DATABASE_URL: db.appUrl,
      CLEANROOM_DATABASE_WORKER_URL: db.workerUrl,
      CLEANROOM_BUS_URL: bus.url,
      CLEANROOM_ALLOWED_PRIVATE_HOSTS: new URL(gitlabUrl).host,
      CLEANROOM_LOG_LEVEL: 'error',
      CLEANROOM_MASTER_KEY: randomBytes(32).toString('base64'),
      CLEANROOM_RECIPIENT_PRIVATE_KEY: keys.privateKey,
    });
    const neighbour = await openNeighbour(await bus.open('neighbour'));
    const service = await listen(SchedulingModule.with(config), config);
    return new RunningService(gatewayKey, db, service, neighbour, keys.publicKey, bus, async () => {
      await service.stop();
      await neighbour.stop();
      await bus.close();
      await db.close();
    });
  }

  get url(): string {
    return this.service.url;
  }

  stop(): Promise<void> {
    return this.close();
  }

  caller(role: Role = 'OWNER', organizationId = this.organizationId): SignedCaller {
    return { kind: 'user', organizationId, role, name: 'spec', tokenId: 'tok_1', source: '127.0.0.1' };
  }

  /** Asks as the gateway would. */
  async ask(query: string, variables: object = {}, caller = this.caller()): Promise<Answer> {
    const body = JSON.stringify({ query, variables });
    const headers = signCall(this.key, caller, { method: 'POST', path: '/graphql', body });
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    return (await response.json()) as Answer;
  }

  /** Passes a webhook on as the gateway would. */
  async webhook(path: string, headers: Record<string, string>, body: string): Promise<number> {
    const signed = signCall(
      this.key,
      { kind: 'anonymous', source: '127.0.0.1' },
      { method: 'POST', path, body },
    );
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { ...headers, ...signed },
      body,
    });
    return response.status;
  }

  /** A webhook about a job, signed with this connection's token as GitLab signs it. */
  async signedWebhook(projectId: number, jobId: number) {
    const ports = this.service.app.get<Ports>(SCHEDULING_PORTS);
    const { transactions, vault } = ports;
    const connection = await transactions.inOrganization(this.organizationId, ({ connections }) =>
      connections.find(this.connectionId),
    );
    const { signing } = await vault.open(connection!);
    const hook = { object_kind: 'build', build_id: jobId, build_name: 'build', build_status: 'pending' };
    const body = JSON.stringify({ ...hook, ref: 'main', tag: false, project_id: projectId, pipeline_id: 1 });
    const [id, now] = [randomBytes(8).toString('hex'), new Date()];
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(signing.reveal()).sign(id, now, body),
    };
    return { path: `/webhooks/gitlab/${this.connectionId}`, headers, body };
  }

  /** Topics of the events whose trace begins so. */
  async published(trace: string): Promise<string[]> {
    const messages = await this.bus.messages();
    return messages.filter(({ headers }) => headers.traceparent?.startsWith(trace)).map(({ topic }) => topic);
  }

  /** Makes every project that is known due to be polled now. */
  async pollNow(): Promise<void> {
    await inOrganization(this.db, this.organizationId, async (tx) => {
      const projects = await tx.query<{ id: string }[]>('SELECT id FROM gitlab_project ORDER BY id');
      for (const { id } of projects) await makeDue(tx, 'gitlab_project', id, new Date());
    });
  }

  /** Another service tells something of this organisation. */
  async tell<S extends DescMessage>(topic: Topic<S>, message: MessageInitShape<S>): Promise<void> {
    const { db } = this.neighbour;
    const whole = { ...message, organizationId: this.organizationId, version: ++this.#version };
    await inOrganization(db, this.organizationId, (tx) =>
      appendEvent(tx, topic, whole as MessageInitShape<S>),
    );
  }

  async tellConnection(url: string, token: string, webhookUrl = `${this.url}/unused`): Promise<void> {
    const binding = { organizationId: this.organizationId, kind: 'gitlab-token', rowId: this.connectionId };
    const sealed = await wrapFor(this.publicKey, new Secret(token), binding);
    await this.tell(topics.gitlabConnection, {
      gitlabConnectionId: this.connectionId,
      name: 'GitLab',
      status: ConnectionStatus.CONNECTED,
      url,
      webhookUrl,
      accessTokens: [{ recipient: 'scheduling', sealed }],
    });
  }

  async tellPool(
    poolId: string,
    given: { size?: number; scopeId?: bigint; tags?: string[] } = {},
  ): Promise<void> {
    await this.tell(topics.pool, {
      poolId,
      name: 'builders',
      gitlabConnectionId: this.connectionId,
      scopeKind: GitLabScopeKind.GROUP,
      scopePath: 'acme',
      scopeId: 1n,
      tags: ['linux'],
      size: 4,
      freshMachine: FreshMachine.EVERY_JOB,
      ...given,
    });
  }

  async tellRunner(
    poolId: string,
    runnerId: string,
    state: RunnerState,
    given: {
      gitlabRunnerId?: bigint;
      stateReason?: string;
      trouble?: RunnerTrouble;
      nextTryAt?: Timestamp;
    } = {},
  ): Promise<void> {
    const awake = state === RunnerState.IDLE || state === RunnerState.BUSY;
    await this.tell(topics.runner, {
      runnerId,
      poolId,
      name: 'builders-1',
      state,
      machineId: awake ? 'mach_1' : '',
      ...given,
    });
  }
}

export const newId = (kind: IdKind): string => composeId(kind, new Date(), randomBytes(16));

/** Some other service, as far as it is heard: a database with an outbox, and a relay. */
async function openNeighbour(bus: ConstructorParameters<typeof Messaging>[0]['bus']) {
  const db = await serviceDatabase({ name: 'neighbour', migrations: messagingMigrations });
  const messaging = new Messaging({
    service: 'provisioning',
    db,
    bus,
    consumers: [],
    clock: systemClock,
    log: silentLog,
  });
  await messaging.start();
  const stop = async () => {
    await messaging.stop();
    await db.close();
  };
  return { db, stop };
}
