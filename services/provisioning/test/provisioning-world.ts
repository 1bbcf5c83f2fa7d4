import { randomBytes } from 'node:crypto';
import { fromBinary, type DescMessage, type MessageInitShape, type MessageShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { ConnectionStatus, EnrolmentStatus, StaticIpStatus, topics, type Topic } from '@cleanroom/contracts';
import { composeId, scaledClock, type Clock, type IdKind, type Role } from '@cleanroom/kernel';
import { generateRecipientKeys, Secret, wrapFor } from '@cleanroom/secrets';
import {
  listen,
  parseConfig,
  signCall,
  type RunningService,
  type SignedCaller,
} from '@cleanroom/service-kit';
import {
  eventually,
  openNeighbour,
  serviceDatabase,
  startTestBus,
  type Neighbour,
  type ServiceDatabase,
  type TestBus,
  readFigures,
} from '@cleanroom/testing';
import { migrations } from '../src/adapters/postgres/migrations/index.js';
import { configSchema } from '../src/config.js';
import { provisioningModule } from '../src/provisioning.module.js';
import { startGateway, type StandInGateway } from './start-gateway.js';
import { SimulatedProvider } from './simulated-provider.js';
import { GITLAB_TOKEN, HETZNER_TOKEN, startSimulators, type Simulators } from './start-simulators.js';

export const newId = (kind: IdKind): string => composeId(kind, new Date(), randomBytes(16));
export const INSTALLATION = 'spec';

export interface Answer {
  readonly data?: Record<string, never>;
  readonly errors?: readonly { message: string; extensions?: { code?: string } }[];
}

interface Parts {
  service: RunningService;
  readonly start: () => Promise<RunningService>;
  readonly simulators: Simulators;
  readonly bus: TestBus;
  readonly neighbour: Neighbour;
  readonly gateway: StandInGateway;
  readonly gatewayKey: string;
  readonly publicKey: string;
}

/**
 * The whole service in this process, between both simulators. The other services are one neighbour, whose part the spec
 * plays; no guest runs, so that each machine does what the spec says.
 */
export class ProvisioningWorld {
  readonly organizationId = newId('organization');
  readonly hetznerProjectId = newId('hetznerProject');
  readonly gitlabConnectionId = newId('gitlabConnection');
  readonly hetzner: SimulatedProvider;
  readonly gitlab: SimulatedProvider;

  private constructor(
    readonly clock: Clock,
    readonly db: ServiceDatabase,
    private readonly parts: Parts,
  ) {
    this.hetzner = new SimulatedProvider(parts.simulators.hetzner.url, '/v1', HETZNER_TOKEN);
    this.gitlab = new SimulatedProvider(parts.simulators.gitlab.url, '/api/v4', GITLAB_TOKEN);
  }

  /** @param speed product seconds per real second */
  static async start({ speed = 30 } = {}): Promise<ProvisioningWorld> {
    const realEpochMs = Date.now();
    const clock = scaledClock({ realEpochMs, virtualEpochMs: realEpochMs, factor: speed });
    const simulators = await startSimulators(clock);
    const { hetzner, gitlab } = simulators;
    const bus = await startTestBus();
    const db = await serviceDatabase({ name: 'provisioning', migrations, isCopy: true });
    const gateway = await startGateway();
    const { publicKey, privateKey } = await generateRecipientKeys();
    const gatewayKey = randomBytes(32).toString('base64');
    const config = parseConfig(configSchema, {
      CLEANROOM_PORT: '0',
      CLEANROOM_PUBLIC_ORIGIN: gateway.url,
      CLEANROOM_INSTALLATION: INSTALLATION,
      CLEANROOM_GATEWAY_KEY: gatewayKey,
      CLEANROOM_DATABASE_URL: db.appUrl,
      CLEANROOM_DATABASE_WORKER_URL: db.workerUrl,
      CLEANROOM_BUS_URL: bus.url,
      CLEANROOM_CLOCK: `${realEpochMs}:${realEpochMs}:${speed}`,
      CLEANROOM_ALLOWED_PRIVATE_HOSTS: [hetzner.url, gitlab.url].map((url) => new URL(url).host).join(','),
      CLEANROOM_LOG_LEVEL: 'error',
      CLEANROOM_MASTER_KEY: randomBytes(32).toString('base64'),
      CLEANROOM_TICKET_KEY: randomBytes(32).toString('base64'),
      CLEANROOM_RECIPIENT_PRIVATE_KEY: privateKey,
    });
    const neighbour = await openNeighbour(await bus.open('neighbour'), clock);
    const start = () => listen(provisioningModule(config), config);
    const parts = { start, simulators, bus, neighbour, gateway, gatewayKey, publicKey };
    return new ProvisioningWorld(clock, db, { ...parts, service: await start() });
  }

  /** The service is away for as long as something is done. */
  async whileAway(work: () => Promise<unknown>): Promise<void> {
    await this.parts.service.stop();
    await work();
    this.parts.service = await this.parts.start();
  }

  async stop(): Promise<void> {
    const { service, simulators, bus, neighbour, gateway } = this.parts;
    await service.stop();
    await neighbour.stop();
    gateway.stop();
    await bus.close();
    await this.db.close();
    await Promise.all([simulators.hetzner.stop(), simulators.gitlab.stop()]);
  }

  /** Identity and firewall tell of a Hetzner project with its key and baseline firewall, and of a GitLab; all is heard. */
  async connect(): Promise<void> {
    const { hetznerProjectId, gitlabConnectionId, parts } = this;
    const key = await this.hetzner.call<{ ssh_key: { id: number } }>('POST', '/ssh_keys', {
      name: 'cleanroom',
      public_key: `ssh-ed25519 ${'A'.repeat(68)} spec`,
    });
    const baseline = await this.hetzner.call<{ firewall: { id: number } }>('POST', '/firewalls', {
      name: 'cr-baseline-spec',
    });
    await this.tell(topics.hetznerProject, {
      hetznerProjectId,
      status: ConnectionStatus.CONNECTED,
      endpoint: parts.simulators.hetzner.endpoint,
      apiTokens: [await this.wrapped('hetzner-token', hetznerProjectId, HETZNER_TOKEN)],
      sshKeyId: BigInt(key.ssh_key.id),
    });
    await this.tell(topics.baselineFirewall, { hetznerProjectId, firewallId: BigInt(baseline.firewall.id) });
    await this.tell(topics.gitlabConnection, {
      gitlabConnectionId,
      status: ConnectionStatus.CONNECTED,
      url: parts.simulators.gitlab.url,
      accessTokens: [await this.wrapped('gitlab-token', gitlabConnectionId, GITLAB_TOKEN)],
    });
    await eventually(async () => {
      const known = `SELECT 1 FROM hetzner_project, gitlab_connection WHERE ssh_key_id > 0 AND baseline_firewall_id > 0`;
      expect(await this.db.asAdmin(known)).toHaveLength(1);
    });
  }

  /** The service's GitLab token has a role from then on; an owner's at first. */
  async actInGitLabAs(role: 'developer' | 'owner' | 'admin'): Promise<void> {
    await this.gitlab.steer('PUT', 'tokens', { [GITLAB_TOKEN]: { scopes: ['api'], role } });
  }

  /** Identity leases a Primary IP to a runner. */
  async leaseIp(runnerId: string, poolId: string, location: string): Promise<void> {
    const { primary_ip: ip } = await this.hetzner.call<{ primary_ip: { id: number; ip: string } }>(
      'POST',
      '/primary_ips',
      {
        name: `cr-ip-${runnerId.slice(4)}`,
        type: 'ipv4',
        location,
        assignee_type: 'server',
        auto_delete: false,
      },
    );
    await this.tell(topics.staticIp, {
      runnerId,
      poolId,
      hetznerProjectId: this.hetznerProjectId,
      status: StaticIpStatus.ACTIVE,
      primaryIpId: BigInt(ip.id),
      address: ip.ip,
      location,
    });
  }

  /** Scheduling decides how many runners of a pool are awake. */
  want(poolId: string, wanted: number, because = 'a spec wants it'): Promise<void> {
    return this.tell(topics.capacity, { poolId, wanted, because });
  }

  /** Identity and firewall tell that a generation is enrolled and protected. */
  async admit(machine: { machineId: string; runnerId: string; poolId: string; generation: number }) {
    const at = timestampFromDate(this.clock.now());
    await this.tell(topics.machineIdentity, {
      ...machine,
      status: EnrolmentStatus.ENROLLED,
      enrolledAt: at,
    });
    await this.tell(topics.machineProtection, { ...machine, protected: true, verifiedAt: at });
  }

  /** Another service tells something of this organisation, unless the message names another. */
  tell<S extends DescMessage>(topic: Topic<S>, message: MessageInitShape<S>): Promise<void> {
    const { organizationId } = this;
    return this.parts.neighbour.tell(topic, { organizationId, ...message } as MessageInitShape<S>);
  }

  /** Everything that this service published on a topic, by growing version. */
  async published<S extends DescMessage>(topic: Topic<S>): Promise<MessageShape<S>[]> {
    const messages = (await this.parts.bus.messages()).filter(({ topic: name }) => name === topic.name);
    return messages
      .map(({ payload }) => fromBinary(topic.schema, payload) as MessageShape<S> & { version: bigint })
      .sort((a, b) => Number(a.version - b.version));
  }

  /** Everything that was ever told, to this service and by it, is delivered once more. */
  async replay(): Promise<void> {
    await this.parts.bus.bus.publish(await this.parts.bus.messages());
  }

  caller(role: Role = 'OWNER', organizationId = this.organizationId): SignedCaller {
    return { kind: 'user', organizationId, role, name: 'spec', tokenId: 'tok_1', source: '127.0.0.1' };
  }

  async ask(query: string, variables: object = {}, caller = this.caller()): Promise<Answer> {
    const { body } = await this.call('POST', '/graphql', caller, { query, variables });
    return body as Answer;
  }

  /** Calls as the gateway would, on behalf of a caller. */
  async call(method: string, path: string, caller: SignedCaller, body?: object) {
    const text = body === undefined ? '' : JSON.stringify(body);
    const signed = signCall(this.parts.gatewayKey, caller, { method, path, body: text });
    const response = await fetch(`${this.parts.service.url}${path}`, {
      method,
      headers: { ...signed, ...(text ? { 'content-type': 'application/json' } : {}) },
      ...(text ? { body: text } : {}),
    });
    const answer = await response.text();
    return { status: response.status, body: (answer ? JSON.parse(answer) : {}) as Record<string, unknown> };
  }

  /** What Prometheus would read of one metric, by one of its labels. */
  figures(metric: string, label: string): Promise<Record<string, number>> {
    return readFigures(this.parts.service.url, metric, label);
  }

  private async wrapped(kind: string, rowId: string, token: string) {
    const binding = { organizationId: this.organizationId, kind, rowId };
    const sealed = await wrapFor(this.parts.publicKey, new Secret(token), binding);
    return { recipient: 'provisioning', sealed };
  }
}
