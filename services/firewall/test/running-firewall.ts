import { randomBytes } from 'node:crypto';
import { fromBinary, type DescMessage, type MessageInitShape, type MessageShape } from '@bufbuild/protobuf';
import { ConnectionStatus, topics, type Topic } from '@cleanroom/contracts';
import { createHetznerClient, type HetznerClient } from '@cleanroom/hetzner';
import { startHetznerSimulator, type HetznerSimulator } from '@cleanroom/hetzner-simulator';
import { composeId, type IdKind, type Role } from '@cleanroom/kernel';
import { generateRecipientKeys, Secret, wrapFor } from '@cleanroom/secrets';
import { clockFrom, listen, parseConfig, signCall, type SignedCaller } from '@cleanroom/service-kit';
import {
  eventually,
  serviceDatabase,
  startTestBus,
  type ServiceDatabase,
  type TestBus,
  openNeighbour,
  type Neighbour,
} from '@cleanroom/testing';
import { migrations } from '../src/adapters/postgres/migrations/index.js';
import { configSchema } from '../src/config.js';
import { firewallModule } from '../src/firewall.module.js';

export const INSTALLATION = 'spec';
const TOKEN = 'a-token-of-the-project';
/** A minute of the product's clock is a second: nobody waits long for the next look. */
const FACTOR = 60;

interface Answer {
  readonly data?: Record<string, never>;
  readonly errors?: readonly { message: string; extensions?: { code?: string } }[];
}

interface Parts {
  readonly service: Awaited<ReturnType<typeof listen>>;
  readonly simulator: HetznerSimulator;
  readonly hetzner: HetznerClient;
  readonly db: ServiceDatabase;
  readonly bus: TestBus;
  readonly neighbour: Neighbour;
  readonly gatewayKey: string;
  readonly publicKey: string;
}

/** The whole service in this process, a simulated Hetzner, and stand-ins for the gateway and the other services. */
export class RunningFirewall {
  readonly projectId = newId('hetznerProject');
  /** What the customer's project really holds. */
  readonly hetzner: HetznerClient;
  readonly db: ServiceDatabase;
  #projectVersion = 0n;

  private constructor(
    readonly organizationId: string,
    private readonly parts: Parts,
  ) {
    this.hetzner = parts.hetzner;
    this.db = parts.db;
  }

  static async start(): Promise<RunningFirewall> {
    const now = Date.now();
    const clock = `${now}:${now}:${FACTOR}`;
    const simulator = await startHetznerSimulator({
      tokens: { [TOKEN]: 'customer' },
      startGuest: 'none',
      clock: clockFrom({ CLEANROOM_CLOCK: clock }),
    });
    const bus = await startTestBus();
    const db = await serviceDatabase({ name: 'firewall', migrations, isCopy: true });
    const keys = await generateRecipientKeys();
    const gatewayKey = randomBytes(32).toString('base64');
    const config = parseConfig(configSchema, {
      CLEANROOM_PORT: '0',
      CLEANROOM_PUBLIC_ORIGIN: 'http://127.0.0.1:4000',
      CLEANROOM_INSTALLATION: INSTALLATION,
      CLEANROOM_GATEWAY_KEY: gatewayKey,
      CLEANROOM_DATABASE_URL: db.appUrl,
      CLEANROOM_DATABASE_WORKER_URL: db.workerUrl,
      CLEANROOM_BUS_URL: bus.url,
      CLEANROOM_CLOCK: clock,
      CLEANROOM_ALLOWED_PRIVATE_HOSTS: new URL(simulator.url).host,
      CLEANROOM_LOG_LEVEL: 'error',
      CLEANROOM_RECIPIENT_PRIVATE_KEY: keys.privateKey,
    });
    const organizationId = newId('organization');
    const neighbour = await openNeighbour(await bus.open('neighbour'), clockFrom({ CLEANROOM_CLOCK: clock }));
    const service = await listen(firewallModule(config), config);
    const hetzner = createHetznerClient({ endpoint: simulator.endpoint, token: TOKEN });
    const parts = { service, simulator, hetzner, db, bus, neighbour, gatewayKey, publicKey: keys.publicKey };
    return new RunningFirewall(organizationId, parts);
  }

  /** What all servers carry that provisioning orders for this organisation. */
  get labels(): Record<string, string> {
    return { 'cleanroom-installation': INSTALLATION, 'cleanroom-organization': this.organizationId };
  }

  get baselineName(): string {
    return `cr-baseline-${INSTALLATION}-${this.organizationId.replace('org_', '')}`;
  }

  get baselineSelector(): string {
    return `cleanroom-installation=${INSTALLATION},cleanroom-organization=${this.organizationId}`;
  }

  get url(): string {
    return this.parts.service.url;
  }

  async stop(): Promise<void> {
    const { service, simulator, neighbour, bus, db } = this.parts;
    await service.stop();
    await neighbour.stop();
    await simulator.stop();
    await bus.close();
    await db.close();
  }

  /** Another service tells something of this organisation. */
  tell<S extends DescMessage>(topic: Topic<S>, message: MessageInitShape<S>): Promise<void> {
    const { organizationId } = this;
    return this.parts.neighbour.tell(topic, { organizationId, ...message } as MessageInitShape<S>);
  }

  /** Identity tells of the project and its credentials; the same one at Hetzner may be connected under several ids. */
  async connect(
    status = ConnectionStatus.CONNECTED,
    token = TOKEN,
    { projectId: rowId, organizationId } = { projectId: this.projectId, organizationId: this.organizationId },
  ): Promise<void> {
    const { parts } = this;
    const binding = { organizationId, kind: 'hetzner-token', rowId };
    await this.tell(topics.hetznerProject, {
      ...{ organizationId, hetznerProjectId: rowId },
      version: ++this.#projectVersion,
      name: 'Customer',
      status,
      endpoint: parts.simulator.endpoint,
      apiTokens: [
        { recipient: 'firewall', sealed: await wrapFor(parts.publicKey, new Secret(token), binding) },
      ],
    });
  }

  /** Identity tells that the project was disconnected. */
  disconnect(projectId = this.projectId): Promise<void> {
    return this.tell(topics.hetznerProject, {
      hetznerProjectId: projectId,
      version: ++this.#projectVersion,
      status: ConnectionStatus.CONNECTED,
      endpoint: this.parts.simulator.endpoint,
      deleted: true,
    });
  }

  /** Provisioning tells of a pool, which is known then. */
  async pool(
    given: { poolId?: string; version?: bigint; deleted?: boolean; organizationId?: string } = {},
  ): Promise<string> {
    const pool = { poolId: newId('pool'), version: 1n, hetznerProjectId: this.projectId, ...given };
    await this.tell(topics.pool, pool);
    await eventually(async () =>
      expect(await this.db.asAdmin('SELECT 1 FROM pool WHERE id = $1', [pool.poolId])).toHaveLength(1),
    );
    return pool.poolId;
  }

  /** What was published of a topic, in order, of one aggregate if its key is given. */
  async published<S extends DescMessage>(topic: Topic<S>, key?: string): Promise<MessageShape<S>[]> {
    const messages = await this.parts.bus.messages();
    const ours = messages.filter((each) => each.topic === topic.name && (!key || each.key === key));
    return ours
      .map(({ payload }) => fromBinary(topic.schema, payload) as MessageShape<S> & { version: bigint })
      .sort((a, b) => Number(a.version - b.version));
  }

  /** Steers the simulator or asks for its ledger. */
  async simulator<T = unknown>(method: string, path: string, body?: object): Promise<T> {
    const init = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${this.parts.simulator.url}/_sim/${path}`, { method, ...init });
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Says something to Hetzner that our client cannot say: what a customer does in the console. */
  async inConsole(method: string, path: string, body?: object): Promise<{ firewall: { id: number } }> {
    const response = await fetch(`${this.parts.simulator.endpoint}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return (text === '' ? {} : JSON.parse(text)) as { firewall: { id: number } };
  }

  caller(role: Role = 'OWNER', organizationId = this.organizationId): SignedCaller {
    return { kind: 'user', organizationId, role, name: 'spec', tokenId: 'tok_1', source: '127.0.0.1' };
  }

  /** Asks as the gateway would. */
  async ask(query: string, variables: object = {}, caller = this.caller()): Promise<Answer> {
    const body = JSON.stringify({ query, variables });
    const signed = signCall(this.parts.gatewayKey, caller, { method: 'POST', path: '/graphql', body });
    const response = await fetch(`${this.parts.service.url}/graphql`, {
      method: 'POST',
      headers: { ...signed, 'content-type': 'application/json' },
      body,
    });
    return (await response.json()) as Answer;
  }
}

export const newId = (kind: IdKind): string => composeId(kind, new Date(), randomBytes(16));
