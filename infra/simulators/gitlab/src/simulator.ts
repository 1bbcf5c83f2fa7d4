import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Faults } from '@cleanroom/simulator-journal';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import { silentLog, systemClock } from '@cleanroom/kernel';
import type { Clock, Log } from '@cleanroom/kernel';
import { TokenBook } from './access-tokens.js';
import type { AccessTokens } from './access-tokens.js';
import { serveAdmin } from './admin/admin-routes.js';
import type { AdminParts } from './admin/admin-routes.js';
import { ArtifactStore } from './artifacts/artifact-store.js';
import { discoveryRoutes } from './id-tokens.js';
import { QueueBell } from './jobs/queue-bell.js';
import { watchStuckJobs } from './jobs/stuck-jobs.js';
import { TraceStore } from './jobs/trace-store.js';
import { Ledger } from './ledger.js';
import { emptyState } from './model.js';
import type { Job, State } from './model.js';
import { routes } from './routes.js';
import { addProject, defaultSeed } from './seed.js';
import type { Seed } from './seed.js';
import { serveSignIn } from './sign-in/sign-in-routes.js';
import { createSnapshot } from './snapshot.js';
import { Announcer } from './webhooks/announcer.js';
import { HookEvents } from './webhooks/hook-events.js';
import { addBodyParsers } from './wire/body-parsers.js';
import { disturb } from './wire/disturb.js';
import { RateLimit } from './wire/rate-limit.js';
import { refuseOtherMethods } from './wire/refuse-other-methods.js';
import { serveRoutes } from './wire/serve.js';
import { Workload } from './workload.js';
import type { Settings, World } from './world.js';

export interface GitLabSimulatorOptions extends Partial<Settings> {
  /** Access tokens and what they may do. */
  readonly tokens: AccessTokens;
  /** 0 takes any free one. @default 0 */
  readonly port?: number;
  /** @default the wall clock */
  readonly clock?: Clock;
  /** API calls that a user has per minute of the clock. @default no limit */
  readonly rateLimit?: number;
  /** What exists at the first start. @default acme/web, acme/api, globex/app */
  readonly seed?: Seed;
  /** Where state and ledger are kept. @default nowhere */
  readonly stateFolder?: string;
  readonly log?: Log;
}

export interface GitLabSimulator {
  /** Such as `http://127.0.0.1:4011`; the API lies under `/api/v4`, the controls under `/_sim`. */
  readonly url: string;
  /** Writes everything down and ends all connections. */
  stop(): Promise<void>;
}

const LARGEST_BODY = 25 * 1024 * 1024;

/** Starts a GitLab that has runners, jobs and webhooks, and nothing else, on the loopback address. */
export async function startGitLabSimulator(options: GitLabSimulatorOptions): Promise<GitLabSimulator> {
  const { stateFolder, clock = systemClock, log = silentLog, seed = defaultSeed, port = 0 } = options;
  if (stateFolder) mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  let url = '';
  const faults = new Faults();
  const announcer = new Announcer(faults);
  const snapshot = createSnapshot<State>(stateFolder, 'gitlab.json', () => world.state);
  const world: World = {
    state: snapshot.load() ?? emptyState(),
    clock,
    log,
    ledger: new Ledger(clock, stateFolder && join(stateFolder, 'ledger.jsonl')),
    settings: settingsOf(options),
    artifacts: new ArtifactStore(stateFolder && join(stateFolder, 'artifacts')),
    traces: new TraceStore(stateFolder && join(stateFolder, 'traces')),
    bell: new QueueBell(),
    hookEvents: new HookEvents(clock),
    rateLimit: new RateLimit(clock, options.rateLimit ?? null),
    url: () => url,
    changed: () => snapshot.touch(),
    announce: (job: Job) => announcer.announce(world, job),
  };
  for (const project of seed.projects) addProject(world, project);
  const workload = new Workload(world);
  const api = { tokens: new TokenBook(options.tokens), routes: routes(world) };
  const app = buildApp({ world, faults, workload, ...api });
  url = await app.listen({ port, host: '127.0.0.1' });
  const stopWatching = watchStuckJobs(world);
  return {
    url,
    stop: async () => {
      stopWatching();
      workload.stop();
      world.bell.stop();
      await Promise.all([announcer.stop(), app.close()]);
      snapshot.close();
      world.ledger.close();
    },
  };
}

const settingsOf = ({ tier, autoDisableHooks, longPollSeconds }: Partial<Settings>): Settings => ({
  tier: tier ?? 'premium',
  autoDisableHooks: autoDisableHooks ?? true,
  longPollSeconds: longPollSeconds ?? 0,
});

function buildApp(parts: AdminParts): FastifyInstance {
  const app = Fastify({
    bodyLimit: LARGEST_BODY,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 1_000 },
  });
  addBodyParsers(app);
  disturb(app, parts.world, parts.faults);
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: '404 Not Found' }));
  const serve = (name: string, part: (server: FastifyInstance) => void, prefix?: string) =>
    // Of a plugin without a name Fastify looks through all loaded modules for one, which takes Jest 20 ms.
    void app.register(
      fastifyPlugin(async (server: FastifyInstance) => part(server), { name, encapsulate: true }),
      { prefix },
    );
  serve('gitlab-api', (server) => serveApi(server, parts), '/api/v4');
  serve('discovery', (server) =>
    serveRoutes(server, parts.world, parts.tokens, discoveryRoutes(parts.world)),
  );
  serve('sign-in', (server) => serveSignIn(server, parts.world, parts.tokens));
  serve('admin', (server) => serveAdmin(server, parts), '/_sim');
  return app;
}

function serveApi(server: FastifyInstance, { world, tokens, routes }: AdminParts): void {
  serveRoutes(server, world, tokens, routes);
  refuseOtherMethods(server, routes);
}
