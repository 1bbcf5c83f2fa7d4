import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { silentLog, type Log, type UserCaller } from '@cleanroom/kernel';
import { parseConfig } from '@cleanroom/service-kit/edge';
import { gatewayConfigSchema } from '../src/config.js';
import { startGateway, type RunningGateway } from '../src/gateway.js';
import { identityResolvers, identitySdl, provisioningSdl, StubRunners } from './stub-schemas.js';
import { StubService, type ArrivedCall } from './stub-service.js';

export const acme: UserCaller = {
  kind: 'user',
  organizationId: 'org_acme',
  role: 'OWNER',
  name: 'acme',
  tokenId: 'tok_acme',
};

/** A gateway before two services that are just large enough to show what it does. */
export class SmallInstallation {
  readonly #key = randomBytes(32).toString('base64');
  /** Tokens that identity knows. */
  readonly tokens = new Map<string, UserCaller>([['crt_acme', acme]]);
  /** Sessions likewise. */
  readonly sessions = new Map<string, UserCaller>([['crs_acme', acme]]);
  /** Questions that identity was asked. */
  readonly questions: Record<string, unknown>[] = [];
  /** How identity answers machines. */
  machineAnswer: { status: number; body: object } = { status: 401, body: { error: 'UNAUTHENTICATED' } };
  readonly #runners = new StubRunners();
  #folder = '';
  provisioning!: StubService;
  identity!: StubService;
  gateway!: RunningGateway;

  static async start(env: Record<string, string> = {}, log: Log = silentLog): Promise<SmallInstallation> {
    const installation = new SmallInstallation();
    await installation.startProvisioning();
    await installation.startIdentity();
    await installation.#startGateway(env, log);
    return installation;
  }

  get key(): string {
    return this.#key;
  }

  get url(): string {
    return `${this.gateway.url}/graphql`;
  }

  async startProvisioning(port = 0): Promise<void> {
    this.provisioning = await StubService.start({
      gatewayKey: this.#key,
      sdl: provisioningSdl,
      resolvers: this.#runners.resolvers,
      port,
      answer: ({ path, body }, response) => {
        response.writeHead(202, {
          'retry-after': '1',
          'x-cleanroom-inner': 'secret',
          'content-type': 'text/x',
        });
        response.end(`${path} ${body.toString('hex')}`);
      },
    });
  }

  async startIdentity(port = 0): Promise<void> {
    this.identity = await StubService.start({
      gatewayKey: this.#key,
      sdl: identitySdl,
      resolvers: identityResolvers,
      port,
      answer: (call, response) => this.#answerAsIdentity(call, response),
    });
  }

  /** Lets those who subscribe to `runnerChanged` hear of a runner. */
  change(id: string): void {
    this.#runners.change(id);
  }

  get listeners(): number {
    return this.#runners.listeners;
  }

  async stop(): Promise<void> {
    await this.gateway.stop();
    await this.provisioning.stop();
    await this.identity.stop();
    await rm(this.#folder, { recursive: true });
  }

  /** Asks over HTTP. */
  async ask(query: string, { variables, token = 'crt_acme', headers = {} }: AskOptions = {}) {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, ...(JSON.parse(text) as Answer) };
  }

  async #startGateway(env: Record<string, string>, log: Log): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), 'cleanroom-gateway-'));
    const supergraph = join(this.#folder, 'supergraph.graphql');
    await writeFile(supergraph, composed({ provisioning: provisioningSdl, identity: identitySdl }));
    const config = parseConfig(gatewayConfigSchema, {
      CLEANROOM_PORT: '0',
      CLEANROOM_PUBLIC_ORIGIN: 'https://cleanroom.example',
      CLEANROOM_GATEWAY_KEY: this.#key,
      CLEANROOM_SUPERGRAPH: supergraph,
      CLEANROOM_SUBGRAPHS: JSON.stringify({
        provisioning: this.provisioning.url,
        identity: this.identity.url,
        scheduling: this.provisioning.url,
        billing: this.provisioning.url,
      }),
      ...env,
    });
    this.gateway = await startGateway(config, log);
  }

  #answerAsIdentity({ path, body }: ArrivedCall, response: ServerResponse): void {
    if (path !== '/internal/callers') return void response.end(`${path} ${body.toString('hex')}`);
    const question = JSON.parse(body.toString()) as Record<string, string>;
    this.questions.push(question);
    if (question.signature)
      return void response.writeHead(this.machineAnswer.status).end(JSON.stringify(this.machineAnswer.body));
    const { authorization = '', session } = question;
    const caller =
      session === undefined
        ? this.tokens.get(authorization.replace('Bearer ', ''))
        : this.sessions.get(session);
    const { tokenId: actorId, kind: _, ...rest } = caller ?? acme;
    const kind = session === undefined ? 'TOKEN' : 'SESSION';
    response
      .writeHead(caller ? 200 : 401)
      .end(JSON.stringify(caller ? { kind, ...rest, actorId } : { error: 'UNAUTHENTICATED' }));
  }
}

export interface AskOptions {
  variables?: object;
  token?: string;
  headers?: Record<string, string>;
}

export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
}

function composed(sdls: Record<string, string>): string {
  const subgraphs = Object.entries(sdls).map(([name, sdl]) => ({ name, typeDefs: parse(sdl) }));
  const result = composeServices(subgraphs);
  if (compositionHasErrors(result)) throw new Error(result.errors.map(({ message }) => message).join('\n'));
  return result.supergraphSdl;
}
