import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Body, Controller, Get, Inject, Module, Post, type DynamicModule } from '@nestjs/common';
import { Args, Context, Query, ResolveReference, Resolver, Subscription } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import type { Log, MachineCaller, UserCaller } from '@cleanroom/kernel';
import { topics } from '@cleanroom/contracts';
import { consumer, messagingMigrations } from '@cleanroom/messaging';
import { usedNoncesMigration } from '@cleanroom/persistence';
import {
  allow,
  baseConfigSchema,
  callerOf,
  CONSUMERS,
  currentTraceParent,
  LEASED_WORK,
  listen,
  LOG,
  pageArguments,
  parseConfig,
  RawBody,
  RequestCaller,
  RequestMachine,
  ServiceKitModule,
  signCall,
  subgraphModule,
  type RunningService,
  type SignedCaller,
  type SubgraphContext,
} from '@cleanroom/service-kit';
import { runOnce, serviceDatabase, startTestBus } from '@cleanroom/testing';
import { activeLogFields } from '../src/log-fields.js';

const migrations = [...messagingMigrations, usedNoncesMigration];

const sdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { thing(id: ID!): Thing role: String explode: String expire: String page(first: Int!, after: String): String whoCalls: String work: String }
  type Thing @key(fields: "id") { id: ID! owner: String }
  type Subscription { ticks: String! }
`;

@Resolver('Thing')
export class ThingResolver {
  @Query('thing')
  thing(@Args('id') id: string, @Context() context: SubgraphContext) {
    return { id, owner: callerOf(context).organizationId };
  }

  @ResolveReference()
  resolve({ id }: { id: string }, context: SubgraphContext) {
    return { id, owner: callerOf(context).organizationId };
  }

  @Query('role')
  role(@Context() context: SubgraphContext) {
    return allow(callerOf(context), 'OWNER', 'OPERATOR')?.code ?? 'allowed';
  }

  @Query('whoCalls')
  whoCalls(@Context() { caller, source }: SubgraphContext) {
    return JSON.stringify({ caller, source });
  }

  @Query('work')
  async work() {
    await new Promise((resolve) => setImmediate(resolve));
    return JSON.stringify({ trace: currentTraceParent(), fields: activeLogFields() });
  }

  @Query('explode')
  explode() {
    throw new Error('SELECT secret FROM vault');
  }

  @Query('expire')
  expire() {
    throw new GraphQLError('This cursor is too old.', {
      extensions: { code: 'CURSOR_EXPIRED', inner: 'secret' },
    });
  }

  @Query('page')
  page(@Args('first') first: number, @Args('after') after: string | undefined) {
    return JSON.stringify(pageArguments(first, after));
  }

  @Subscription('ticks', { resolve: (tick: string) => tick })
  async *ticks(@Context() context: SubgraphContext) {
    yield callerOf(context).organizationId;
    await new Promise(() => undefined);
  }
}

@Controller('machine')
export class MachineController {
  constructor(@Inject(LOG) private readonly log: Log) {}

  @Get('who')
  who(@RequestCaller() caller: SignedCaller) {
    this.log.info({ authorization: 'Bearer secret', deep: { token: 'secret' } }, 'asked who');
    return caller;
  }

  @Get('mine')
  mine(@RequestMachine() machine: MachineCaller) {
    return machine;
  }

  @Post('echo')
  echo(@RawBody() raw: Buffer, @Body() body: unknown) {
    return { raw: raw.toString('hex'), body };
  }
}

@Module({})
class SmallModule {}

export const acme: UserCaller & { source: string } = {
  kind: 'user',
  organizationId: 'org_acme',
  role: 'VIEWER',
  name: 'acme',
  tokenId: 'tok_acme',
  source: '198.51.100.7',
};

/** A service with nothing in it but what the kit gives, on a real database and bus. */
export class SmallService {
  private constructor(
    readonly key: string,
    readonly service: RunningService,
    /** Starts another process of it, which ends with it. */
    readonly startReplica: () => Promise<RunningService>,
    private readonly busUrl: string,
    private readonly ownerUrl: string,
    private readonly close: () => Promise<void>,
  ) {}

  static async start(): Promise<SmallService> {
    const bus = await startTestBus();
    const db = await serviceDatabase({ name: 'billing', migrations, isCopy: true });
    const folder = await mkdtemp(join(tmpdir(), 'cleanroom-kit-'));
    await writeFile(join(folder, 'small.graphql'), sdl);
    const key = randomBytes(32).toString('base64');
    const config = parseConfig(baseConfigSchema, {
      CLEANROOM_PORT: '0',
      CLEANROOM_PUBLIC_ORIGIN: 'http://127.0.0.1:4000',
      CLEANROOM_INSTALLATION: 'spec',
      CLEANROOM_GATEWAY_KEY: key,
      CLEANROOM_DATABASE_URL: db.appUrl,
      CLEANROOM_DATABASE_WORKER_URL: db.workerUrl,
      CLEANROOM_BUS_URL: bus.url,
      CLEANROOM_LOG_LEVEL: 'error',
    });
    const module = (): DynamicModule => ({
      module: SmallModule,
      imports: [
        ServiceKitModule.forRoot({ name: 'billing', config, migrations }),
        subgraphModule({ typePaths: [join(folder, '*.graphql')] }),
      ],
      controllers: [MachineController],
      providers: [
        ThingResolver,
        { provide: CONSUMERS, useValue: [consumer(topics.organization, () => Promise.resolve())] },
        { provide: LEASED_WORK, useValue: [] },
        ServiceKitModule.running('billing'),
      ],
    });
    const replicas: RunningService[] = [];
    const start = async () => {
      const replica = await listen(module(), config);
      replicas.push(replica);
      return replica;
    };
    return new SmallService(key, await start(), start, bus.url, db.ownerUrl, async () => {
      for (const replica of replicas) await replica.stop();
      await bus.close();
      await db.close();
      await rm(folder, { recursive: true });
    });
  }

  get url(): string {
    return this.service.url;
  }

  /** Breaks what the signed calls are noted in, for as long as the work goes on. */
  async withoutNonces(work: () => Promise<void>): Promise<void> {
    const rename = (from: string, to: string) =>
      runOnce(this.ownerUrl, `ALTER TABLE ${from} RENAME TO ${to}`);
    await rename('used_nonce', 'away');
    await work().finally(() => rename('away', 'used_nonce'));
  }

  /** Takes the bus away for as long as the work goes on. */
  async withoutBus(work: () => Promise<void>): Promise<void> {
    const rename = (from: string, to: string) => runOnce(this.busUrl, `ALTER SCHEMA ${from} RENAME TO ${to}`);
    await rename('public', 'away');
    await work().finally(() => rename('away', 'public'));
  }

  stop(): Promise<void> {
    return this.close();
  }

  /** Asks as the gateway would. */
  async ask(
    query: string,
    { variables = {}, caller = acme }: { variables?: object; caller?: SignedCaller } = {},
  ) {
    const body = JSON.stringify({ query, variables });
    const response = await this.send('POST', '/graphql', { body, caller });
    return (await response.json()) as {
      data?: Record<string, unknown>;
      errors?: { message: string; extensions: { code: string } }[];
    };
  }

  send(
    method: string,
    path: string,
    {
      body = '',
      caller = acme,
      headers = {},
    }: { body?: string; caller?: SignedCaller; headers?: object } = {},
  ): Promise<Response> {
    const signed = signCall(this.key, caller, { method, path, body });
    return this.sendUnsigned(method, path, { body, headers: { ...signed, ...headers } });
  }

  sendUnsigned(
    method: string,
    path: string,
    { body = '', headers = {}, url = this.url }: { body?: string; headers?: object; url?: string } = {},
  ) {
    return fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body ? { body } : {}),
    });
  }
}
