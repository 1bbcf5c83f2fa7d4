import { randomBytes } from 'node:crypto';
import { fromBinary, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import {
  ConnectionStatus,
  topics,
  type SpendDecided,
  type StaticIpSpendDecided,
  type Topic,
} from '@cleanroom/contracts';
import { createHetznerClient, type HetznerClient } from '@cleanroom/hetzner';
import { startHetznerSimulator, type HetznerSimulator } from '@cleanroom/hetzner-simulator';
import { composeId, type Clock, type IdKind, type Role } from '@cleanroom/kernel';
import { generateRecipientKeys, Secret, wrapFor } from '@cleanroom/secrets';
import { clockFrom, listen, parseConfig, signCall, type SignedCaller } from '@cleanroom/service-kit';
import {
  eventually,
  serviceDatabase,
  onlooker,
  startTestBus,
  type ServiceDatabase,
  type TestBus,
  openNeighbour,
  type Neighbour,
} from '@cleanroom/testing';
import { migrations } from '../src/adapters/postgres/migrations/index.js';
import { billingModule } from '../src/billing.module.js';
import { configSchema } from '../src/config.js';

const TOKEN = 'a-token-of-the-project';
/** An hour of the product's clock is half a second: what is billed by the hour can be watched. */
const FACTOR = 7_200;

interface Parts {
  readonly service: Awaited<ReturnType<typeof listen>>;
  readonly simulator: HetznerSimulator;
  readonly bus: TestBus;
  readonly neighbour: Neighbour;
  readonly gatewayKey: string;
  readonly publicKey: string;
}

/** The whole service in this process, a simulated Hetzner, and stand-ins for the gateway and the other services. */
export class RunningBilling {
  readonly projectId = newId('hetznerProject');
  #projectVersion = 0n;

  private constructor(
    readonly organizationId: string,
    readonly clock: Clock,
    readonly db: ServiceDatabase,
    /** What the customer's project really holds. */
    readonly hetzner: HetznerClient,
    private readonly parts: Parts,
  ) {}

  /** With a clock that begins at `from` and goes `factor` times as fast as ours. */
  static async start(from = new Date('2026-11-02T08:00:00Z'), factor = FACTOR): Promise<RunningBilling> {
    const anchors = `${Date.now()}:${from.getTime()}:${factor}`;
    const clock = clockFrom({ CLEANROOM_CLOCK: anchors });
    const simulator = await startHetznerSimulator({
      tokens: { [TOKEN]: 'customer' },
      startGuest: 'none',
      clock,
      limits: { requestsPerHour: 1_000_000 },
    });
    const bus = await startTestBus();
    const db = await serviceDatabase({ name: 'billing', migrations, isCopy: true });
    const keys = await generateRecipientKeys();
    const gatewayKey = randomBytes(32).toString('base64');
    const config = parseConfig(configSchema, {
      CLEANROOM_PORT: '0',
      CLEANROOM_PUBLIC_ORIGIN: 'http://127.0.0.1:4000',
      CLEANROOM_INSTALLATION: 'spec',
      CLEANROOM_GATEWAY_KEY: gatewayKey,
      CLEANROOM_DATABASE_URL: db.appUrl,
      CLEANROOM_DATABASE_WORKER_URL: db.workerUrl,
      CLEANROOM_BUS_URL: bus.url,
      CLEANROOM_CLOCK: anchors,
      CLEANROOM_ALLOWED_PRIVATE_HOSTS: new URL(simulator.url).host,
      CLEANROOM_LOG_LEVEL: 'error',
      CLEANROOM_RECIPIENT_PRIVATE_KEY: keys.privateKey,
    });
    const organizationId = newId('organization');
    const neighbour = await openNeighbour(await bus.open('neighbour'), clock);
    const service = await listen(billingModule(config), config);
    const hetzner = createHetznerClient({ endpoint: simulator.endpoint, token: TOKEN, clock });
    const parts = { service, simulator, bus, neighbour, gatewayKey, publicKey: keys.publicKey };
    return new RunningBilling(organizationId, clock, db, hetzner, parts);
  }

  async stop(): Promise<void> {
    const { service, simulator, neighbour, bus } = this.parts;
    await service.stop();
    await neighbour.stop();
    await simulator.stop();
    await bus.close();
    await this.db.close();
  }

  /** Another service tells something of this organisation. */
  tell<S extends DescMessage>(topic: Topic<S>, message: MessageInitShape<S>): Promise<void> {
    const { organizationId } = this;
    return this.parts.neighbour.tell(topic, { ...message, organizationId } as MessageInitShape<S>);
  }

  /** Identity tells of the project and its credentials. */
  async connect(status = ConnectionStatus.CONNECTED, token = TOKEN): Promise<void> {
    const { organizationId, projectId: rowId, parts } = this;
    const binding = { organizationId, kind: 'hetzner-token', rowId };
    const sealed = await wrapFor(parts.publicKey, new Secret(token), binding);
    await this.tell(topics.hetznerProject, {
      hetznerProjectId: rowId,
      version: ++this.#projectVersion,
      name: 'Customer',
      status,
      endpoint: parts.simulator.endpoint,
      apiTokens: [{ recipient: 'billing', sealed }],
    });
  }

  /** Everything that was ever told is delivered once more. */
  async replay(): Promise<void> {
    const { bus } = this.parts;
    await bus.bus.publish(await bus.messages());
    const log = onlooker(bus.url);
    const behind = `SELECT 1 FROM bus_claim JOIN bus_partition USING (topic, partition)
      WHERE group_name = 'billing' AND committed < next_offset`;
    await eventually(async () => expect(await log.ask(behind)).toEqual([]));
    await log.close();
  }

  /** Steers the simulator or asks for its ledger. */
  async simulator<T = unknown>(method: string, path: string, body?: object): Promise<T> {
    const init = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${this.parts.simulator.url}/_sim/${path}`, { method, ...init });
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  caller(organizationId = this.organizationId, role: Role = 'VIEWER'): SignedCaller {
    return {
      kind: 'user',
      organizationId,
      role,
      name: 'spec',
      tokenId: 'tok_1',
      source: '127.0.0.1',
    };
  }

  /** One GraphQL operation, as the gateway sends it. */
  async ask<T>(query: string, variables: object = {}, caller = this.caller()): Promise<T> {
    const body = JSON.stringify({ query, variables });
    const signed = signCall(this.parts.gatewayKey, caller, { method: 'POST', path: '/graphql', body });
    const headers = { ...signed, 'content-type': 'application/json' };
    const response = await fetch(`${this.parts.service.url}/graphql`, { method: 'POST', headers, body });
    const answer = (await response.json()) as { data?: T; errors?: object[] };
    if (!answer.data || answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  }

  /** A plain GET, as the gateway passes it on. */
  get(path: string, caller: SignedCaller = this.caller()): Promise<Response> {
    const headers = signCall(this.parts.gatewayKey, caller, { method: 'GET', path, body: '' });
    return fetch(`${this.parts.service.url}${path}`, { headers });
  }

  /** What a runner cost up to now, as the gateway is told. */
  async costOf(runnerId: string, caller = this.caller()): Promise<string | null> {
    const query = `query ($of: [_Any!]!) {
      _entities(representations: $of) { ... on Runner { costToDate { amount currency } } } }`;
    const variables = { of: [{ __typename: 'Runner', id: runnerId }] };
    type Answer = { _entities: [{ costToDate: { amount: string; currency: string } | null }] };
    const { _entities } = await this.ask<Answer>(query, variables, caller);
    const [{ costToDate }] = _entities;
    return costToDate && `${costToDate.amount} ${costToDate.currency}`;
  }

  /** The versions of a budget that billing has told of. */
  async budgetVersions(scopeId: string): Promise<number[]> {
    const messages = (await this.parts.bus.messages()).filter(({ topic }) => topic === topics.budget.name);
    const told = messages.map(({ payload }) => fromBinary(topics.budget.schema, payload));
    return told.filter((one) => one.scopeId === scopeId).map(({ version }) => Number(version));
  }

  /** What billing answered to the machines that asked, by machine, in order. */
  async decisions(): Promise<Map<string, SpendDecided[]>> {
    const messages = await this.parts.bus.messages();
    const decisions = messages
      .filter(({ topic }) => topic === topics.spend.name)
      .map(({ payload }) => fromBinary(topics.spend.schema, payload))
      .sort((a, b) => Number(a.version - b.version));
    return Map.groupBy(decisions, ({ machineId }) => machineId);
  }

  /** What billing answered to the runners that asked for a static IP, by runner, in order. */
  async staticIpDecisions(): Promise<Map<string, StaticIpSpendDecided[]>> {
    const messages = await this.parts.bus.messages();
    const decisions = messages
      .filter(({ topic }) => topic === topics.staticIpSpend.name)
      .map(({ payload }) => fromBinary(topics.staticIpSpend.schema, payload))
      .sort((a, b) => Number(a.version - b.version));
    return Map.groupBy(decisions, ({ runnerId }) => runnerId);
  }

  /** A budget may be set for a pool that was told of, once that is heard. */
  async poolKnown(id: string): Promise<void> {
    await eventually(async () =>
      expect(await this.db.asAdmin('SELECT 1 FROM pool WHERE id = $1', [id])).toHaveLength(1),
    );
  }

  /** Once something was quoted, sums can be made. */
  async pricesKnown(): Promise<void> {
    await eventually(async () =>
      expect((await this.db.asAdmin('SELECT 1 FROM price LIMIT 1')).length).toBeGreaterThan(0),
    );
  }
}

export const newId = (kind: IdKind): string => composeId(kind, new Date(), randomBytes(16));
