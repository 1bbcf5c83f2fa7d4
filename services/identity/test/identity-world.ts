import { randomBytes } from 'node:crypto';
import { fromBinary, type DescMessage, type MessageInitShape, type MessageShape } from '@bufbuild/protobuf';
import type { Topic } from '@cleanroom/contracts';
import { startGitLabSimulator, type GitLabSimulator } from '@cleanroom/gitlab-simulator';
import { startHetznerSimulator, type HetznerSimulator } from '@cleanroom/hetzner-simulator';
import { composeId, scaledClock, type Clock, type IdKind, type Role } from '@cleanroom/kernel';
import { generateRecipientKeys, type RecipientKeys } from '@cleanroom/secrets';
import {
  listen,
  parseConfig,
  signCall,
  type RunningService,
  type SignedCaller,
} from '@cleanroom/service-kit';
import {
  serviceDatabase,
  startTestBus,
  type ServiceDatabase,
  type TestBus,
  openNeighbour,
  type Neighbour,
  readFigures,
} from '@cleanroom/testing';
import { createOrganization } from '../src/actions/create-organization.js';
import { IDENTITY_PORTS } from '../src/adapters/injection.js';
import { migrations } from '../src/adapters/postgres/migrations/index.js';
import { configSchema } from '../src/config.js';
import { identityModule } from '../src/identity.module.js';
import type { IdentityPorts } from '../src/ports.js';

export const newId = (kind: IdKind): string => composeId(kind, new Date(), randomBytes(16));
const newToken = (): string => randomBytes(32).toString('hex');
export const GITLAB_TOKEN = 'glpat-with-api-0001';

const RECIPIENTS = ['provisioning', 'firewall', 'scheduling', 'billing'];

export interface Answer {
  readonly data?: Record<string, never>;
  readonly errors?: readonly { message: string; extensions?: { code?: string } }[];
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface ProjectTokens {
  readonly project: string;
  readonly token: string;
  readonly second: string;
  readonly readonly: string;
}

interface LedgerCall {
  readonly method: string;
  readonly operation: string | null;
  readonly project: string | null;
}

interface Call {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly caller?: SignedCaller;
  readonly headers?: Record<string, string>;
}

/** The whole service in this process, between both simulators, behind a stand-in for the gateway. */
export class IdentityWorld {
  #service!: RunningService;
  #organizations = 0;

  private constructor(
    readonly clock: Clock,
    readonly hetzner: HetznerSimulator,
    readonly gitlab: GitLabSimulator,
    readonly db: ServiceDatabase,
    readonly bus: TestBus,
    readonly neighbour: Neighbour,
    readonly recipients: Readonly<Record<string, RecipientKeys>>,
    private readonly environment: Record<string, string>,
  ) {}

  /** @param speed product seconds per real second */
  static async start({ speed = 60 } = {}): Promise<IdentityWorld> {
    const realEpochMs = Date.now();
    const clock = scaledClock({ realEpochMs, virtualEpochMs: realEpochMs, factor: speed });
    const hetzner = await startHetznerSimulator({ tokens: {}, clock, startGuest: 'none' });
    const gitlabTokens = {
      [GITLAB_TOKEN]: { scopes: ['api'] },
      'glpat-read-only-001': { scopes: ['read_api'] },
    };
    const gitlab = await startGitLabSimulator({ tokens: gitlabTokens, clock });
    const bus = await startTestBus();
    const db = await serviceDatabase({ name: 'identity', migrations, isCopy: true });
    const keys = await Promise.all(
      RECIPIENTS.map(async (name) => [name, await generateRecipientKeys()] as const),
    );
    const recipients = Object.fromEntries(keys);
    const environment = {
      CLEANROOM_PORT: '0',
      CLEANROOM_PUBLIC_ORIGIN: 'https://cleanroom.example',
      CLEANROOM_INSTALLATION: 'spec',
      CLEANROOM_GATEWAY_KEY: randomBytes(32).toString('base64'),
      CLEANROOM_DATABASE_URL: db.appUrl,
      CLEANROOM_DATABASE_WORKER_URL: db.workerUrl,
      CLEANROOM_BUS_URL: bus.url,
      CLEANROOM_CLOCK: `${realEpochMs}:${realEpochMs}:${speed}`,
      CLEANROOM_ALLOWED_PRIVATE_HOSTS: [hetzner.url, gitlab.url].map((url) => new URL(url).host).join(','),
      CLEANROOM_LOG_LEVEL: 'error',
      CLEANROOM_MASTER_KEY: randomBytes(32).toString('base64'),
      CLEANROOM_RECIPIENT_KEYS: JSON.stringify(
        Object.fromEntries(keys.map(([name, { publicKey }]) => [name, publicKey])),
      ),
    };
    const neighbour = await openNeighbour(await bus.open('neighbour'), clock);
    const world = new IdentityWorld(clock, hetzner, gitlab, db, bus, neighbour, recipients, environment);
    await world.startService();
    return world;
  }

  async startService(): Promise<void> {
    const config = parseConfig(configSchema, this.environment);
    this.#service = await listen(identityModule(config), config);
  }

  /** Stops the service alone, as an upgrade would. */
  stopService(): Promise<void> {
    return this.#service.stop();
  }

  async stop(): Promise<void> {
    await this.#service.stop();
    await this.neighbour.stop();
    await this.bus.close();
    await this.db.close();
    await Promise.all([this.hetzner.stop(), this.gitlab.stop()]);
  }

  get ports(): IdentityPorts {
    return this.#service.app.get<IdentityPorts>(IDENTITY_PORTS);
  }

  /** Creates an organisation as `npm run organization` does. */
  async organization(name = `Acme ${++this.#organizations}`) {
    return createOrganization(this.ports, name, [{ role: 'OWNER', name: 'first' }]);
  }

  caller(organizationId: string, role: Role = 'OWNER'): SignedCaller {
    return { kind: 'user', organizationId, role, name: 'spec', tokenId: 'tok_1', source: '127.0.0.1' };
  }

  /** Calls as the gateway would, on behalf of a caller. */
  async call({ method = 'GET', path, body, caller, headers: given = {} }: Call): Promise<HttpAnswer> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const who = caller ?? { kind: 'anonymous', source: '127.0.0.1' };
    const signed = signCall(this.environment.CLEANROOM_GATEWAY_KEY!, who, { method, path, body: text });
    const response = await fetch(`${this.#service.url}${path}`, {
      method,
      headers: { ...given, ...signed, ...(text ? { 'content-type': 'application/json' } : {}) },
      ...(text ? { body: text } : {}),
    });
    const { status, headers } = response;
    const answered = await response.text();
    return { status, headers, body: JSON.parse(answered || '{}') as Record<string, unknown> };
  }

  async ask(caller: SignedCaller, query: string, variables: object = {}): Promise<Answer> {
    const { body } = await this.call({
      method: 'POST',
      path: '/graphql',
      body: { query, variables },
      caller,
    });
    return body as Answer;
  }

  /** What Prometheus would read of one metric, by one of its labels. */
  figures(metric: string, label: string): Promise<Record<string, number>> {
    return readFigures(this.#service.url, metric, label);
  }

  /** Everything that this service published on a topic, by growing version. */
  async published<S extends DescMessage>(topic: Topic<S>): Promise<MessageShape<S>[]> {
    const messages = (await this.bus.messages()).filter(({ topic: name }) => name === topic.name);
    const version = ({ headers }: { headers: Record<string, string> }) =>
      Number(headers['cleanroom-version']);
    const inOrder = messages.sort((a, b) => version(a) - version(b));
    return inOrder.map(({ payload }) => fromBinary(topic.schema, payload));
  }

  /** Another service tells something. */
  tell<S extends DescMessage>(topic: Topic<S>, message: MessageInitShape<S>): Promise<void> {
    return this.neighbour.tell(topic, message);
  }

  /** Steers the simulated Hetzner. */
  steer(method: string, path: string, body?: object): Promise<void> {
    return steerSimulator(this.hetzner.url, method, path, body);
  }

  /** The operations by which anybody changed something in a project at Hetzner, in order. */
  async changesAtHetzner(project: string): Promise<(string | null)[]> {
    const ledger = await fetch(`${this.hetzner.url}/_sim/report`);
    const { calls } = (await ledger.json()) as { calls: LedgerCall[] };
    const changes = calls.filter((call) => call.project === project && call.method !== 'GET');
    return changes.map(({ operation }) => operation);
  }

  /** Steers the simulated GitLab. */
  steerGitLab(method: string, path: string, body?: object): Promise<void> {
    return steerSimulator(this.gitlab.url, method, path, body);
  }

  /** A fresh project at Hetzner, with two tokens that may write and one that may only read. */
  async newProject(): Promise<ProjectTokens> {
    const project = newId('hetznerProject');
    const [token, second, readonly] = [newToken(), newToken(), newToken()];
    await this.steer('PUT', 'tokens', {
      [token]: { project },
      [second]: { project },
      [readonly]: { project, readonly: true },
    });
    return { project, token, second, readonly };
  }

  /** What Hetzner would answer to a customer who asks directly. */
  async atHetzner<T>(token: string, path: string, init: RequestInit = {}): Promise<T> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${this.hetzner.endpoint}${path}`, { ...init, headers });
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
}

async function steerSimulator(url: string, method: string, path: string, body?: object): Promise<void> {
  const answer = await fetch(`${url}/_sim/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status}: ${await answer.text()}`);
}
