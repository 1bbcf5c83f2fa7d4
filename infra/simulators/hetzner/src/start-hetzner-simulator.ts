import { Faults, problemsOf, seededRandom } from '@cleanroom/simulator-journal';
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import { systemClock, type Clock } from '@cleanroom/kernel';
import { z } from 'zod';
import { serveAdminApi } from './admin-api.js';
import { ApiError } from './api-error.js';
import { serveApi, type Answered } from './api.js';
import { Capacity, type Limits } from './capacity.js';
import { PriceList } from './catalogue/price-list.js';
import { GuestBehaviour } from './guest-behaviour.js';
import { Guests, type StartGuest } from './guests.js';
import { advance } from './advance.js';
import { JumpingClock } from './jumping-clock.js';
import { latencyOf, type LatencyMode } from './latency.js';
import { serveMetadata } from './metadata-api.js';
import { carryOut, resumeGuests } from './outcomes.js';
import { RateLimit } from './rate-limit.js';
import { restore, Snapshot } from './snapshot.js';
import { Tasks } from './tasks.js';
import { tokenMap, Tokens } from './tokens.js';
import type { World } from './world.js';

export interface HetznerSimulatorOptions {
  /** API tokens: `{"<token>": "<project>"}`, or `"readonly:<project>"`. */
  readonly tokens: Record<string, string | { project: string; readonly?: boolean }>;
  /** @default 0, any free port of 127.0.0.1 */
  readonly port?: number;
  /** The clock of everything simulated. @default the system's */
  readonly clock?: Clock;
  /** @default 'fast' */
  readonly latency?: LatencyMode;
  /** Of delays and the like. @default 1 */
  readonly seed?: number;
  /** What an account may hold. @default Hetzner's for new customers */
  readonly limits?: Partial<Limits>;
  /** Where state and ledger are kept. @default nowhere: they end with the simulator */
  readonly stateFolder?: string;
  /** How guests come to be; `agent` runs the real agent, from `none` nobody speaks. @default 'simulated' */
  readonly startGuest?: StartGuest | 'simulated' | 'agent' | 'none';
  /** Told of every answer; for judging them. */
  readonly onAnswer?: (answer: Answered) => void;
  /** Level of pino. @default 'silent' */
  readonly logLevel?: string;
}

export interface HetznerSimulator {
  /** Where it listens, without a path. */
  readonly url: string;
  /** What a client is given: the address of the API with its version. */
  readonly endpoint: string;
  /** Puts its clock forward; what is due between happens in order. Who shares the clock with it does not hear of it. */
  advance(milliseconds: number): void;
  /** Closes connections, stops guests, writes the snapshot. Resolves within 2 s. */
  stop(): Promise<void>;
}

/** The whole stop must fit into two seconds, whatever hangs. */
const GRACE_MS = 1_500;

/** Starts a Hetzner Cloud that exists only here. */
export async function startHetznerSimulator(options: HetznerSimulatorOptions): Promise<HetznerSimulator> {
  const server = newServer(options.logLevel ?? 'silent');
  const start = await guestStarter(options.startGuest);
  const restored = restore(options.stateFolder);
  const snapshot =
    options.stateFolder === undefined ? undefined : new Snapshot(options.stateFolder, restored);
  const world = newWorld(options, restored, { server, start, changed: () => snapshot?.writeSoon() });
  const tokens = new Tokens(tokenMap.parse(options.tokens));
  const rateLimit = new RateLimit(world.clock, () => world.capacity.limits.requestsPerHour);
  serveApi(server, { world, tokens, rateLimit, onAnswer: options.onAnswer });
  serveAdminApi(server, { world, tokens });
  serveMetadata(server, world);
  const url = await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  resumeGuests(world);
  world.tasks.start((task) => carryOut(world, task));
  return {
    url,
    endpoint: `${url}/v1`,
    advance: (milliseconds) => advance(world, milliseconds),
    stop: async () => {
      world.tasks.stop();
      server.server.closeAllConnections();
      // Nobody waits any more for what they hold back.
      world.faults.clear();
      await withinGrace(Promise.all([server.close(), world.guests.stopAll()]));
      snapshot?.write();
    },
  };
}

interface Surroundings {
  readonly server: FastifyInstance;
  readonly start: StartGuest;
  changed(): void;
}

function newWorld(
  { clock: base = systemClock, latency = 'fast', seed = 1, limits }: HetznerSimulatorOptions,
  { state, ledger }: ReturnType<typeof restore>,
  { server, start, changed }: Surroundings,
): World {
  const random = seededRandom(seed);
  const clock = new JumpingClock(base, state.clockAhead);
  return {
    clock,
    random,
    latency: latencyOf(latency, random),
    state,
    ledger,
    tasks: new Tasks(state, clock),
    guests: new Guests({ start, clock, log: server.log, changed }),
    capacity: new Capacity(limits, state.capacity),
    prices: new PriceList(state.prices),
    guestBehaviour: new GuestBehaviour(seed),
    faults: new Faults(),
    changed,
  };
}

function newServer(level: string): FastifyInstance {
  // The ledger has every call; at level debug the log has it too.
  const logController = new LogController({ disableRequestLogging: true });
  const server = Fastify({ logger: { level }, logController, forceCloseConnections: true });
  // Bodies are read as text, because a refusal for the token must come before one for the JSON.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const bad = error instanceof z.ZodError || error instanceof SyntaxError;
    const status = bad ? 422 : (error.statusCode ?? 500);
    if (status >= 500) request.log.error({ err: error }, 'the simulator failed');
    const message = error instanceof z.ZodError ? problemsOf(error) : error.message;
    const answer = new ApiError(status, bad ? 'invalid_input' : 'server_error', message);
    return reply.code(status).send(answer.body());
  });
  return server;
}

async function guestStarter(given: HetznerSimulatorOptions['startGuest']): Promise<StartGuest> {
  if (given === 'none') return () => ({ stop: async () => undefined });
  if (typeof given === 'function') return given;
  const { startAgentGuest, startGuest } = await import('@cleanroom/guest-simulator');
  return given === 'agent' ? startAgentGuest : startGuest;
}

async function withinGrace(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise((resolve) => {
    timer = setTimeout(resolve, GRACE_MS);
  });
  await Promise.race([work, grace]);
  clearTimeout(timer);
}
