import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '@cleanroom/kernel';
import { Metrics, repeat } from '@cleanroom/service-kit/edge';
import { Agent, type Dispatcher } from 'undici';
import { TokenCallers } from './actions/token-callers.js';
import { TokenWatch } from './actions/token-watch.js';
import { PersistedOperations } from './adapters/graphql/persisted-operations.js';
import { DEFAULT_LIMITS } from './adapters/graphql/query-limits.js';
import { Operations } from './adapters/graphql/run-operation.js';
import { loadSupergraph } from './adapters/graphql/supergraph.js';
import { ConsoleFiles } from './adapters/http/console-files.js';
import { FrontDoor, GRAPHQL_PATH, pathOf } from './adapters/http/front-door.js';
import { GraphQLEndpoint } from './adapters/http/graphql-endpoint.js';
import { MachineFiles } from './adapters/http/machine-files.js';
import { observeRequest } from './adapters/http/observe-request.js';
import { Probes } from './adapters/http/probes.js';
import { requestSource } from './adapters/http/request-source.js';
import { shownCredential } from './adapters/http/shown-credential.js';
import { ServiceProxy } from './adapters/http/service-proxy.js';
import { HttpCallerDirectory } from './adapters/identity/caller-directory.js';
import { HttpSubgraphs } from './adapters/subgraphs/http-subgraphs.js';
import { SubgraphPulse } from './adapters/subgraphs/subgraph-pulse.js';
import { SocketSubgraphs } from './adapters/subgraphs/socket-subgraphs.js';
import { GraphQLSockets } from './adapters/websocket/graphql-sockets.js';
import type { GatewayConfig } from './config.js';
import type { Credential } from './ports.js';

/** A gateway that listens. */
export interface RunningGateway {
  /** Where it listens, such as `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Takes no further calls, finishes those in hand, sends streaming clients away so that they come again. */
  stop(): Promise<void>;
}

/** Starts the gateway. */
export async function startGateway(config: GatewayConfig, log: Log): Promise<RunningGateway> {
  const dispatcher = new Agent({ connections: 32, connect: { timeout: CONNECT_WITHIN_MS } });
  const callers = callersOf(config, dispatcher, log);
  const { operations, sockets: upstream, pulse } = await operationsOf(config, dispatcher, log);
  const sourceOf = requestSource(config.CLEANROOM_TRUSTED_PROXIES);
  const metrics = new Metrics('gateway');
  const origins = originsOf(config);
  const { CLEANROOM_GATEWAY_KEY: gatewayKey, CLEANROOM_PUBLIC_ORIGIN: publicOrigin } = config;
  const door = new FrontDoor({
    graphql: new GraphQLEndpoint({ operations, ...callers }),
    proxy: new ServiceProxy({ ...callers, origins, publicOrigin, gatewayKey, dispatcher, log }),
    probes: new Probes({ origins, dispatcher, metrics }),
    console: await ConsoleFiles.load(config.CLEANROOM_CONSOLE, { clock: config.CLEANROOM_CLOCK }),
    machineFiles: new MachineFiles(config.CLEANROOM_MACHINE_FILES),
    sourceOf,
    log,
  });
  const allowedOrigins = [publicOrigin, ...config.CLEANROOM_ALLOWED_ORIGINS];
  const sockets = new GraphQLSockets({ operations, ...callers, sourceOf, allowedOrigins, log });
  const server = serverOf(door, sockets, metrics);
  await listen(server, config);
  return {
    url: `http://${config.CLEANROOM_HOST}:${(server.address() as AddressInfo).port}`,
    stop: () => stopAll({ server, sockets, upstream, pulse, dispatcher }),
  };
}

const CONNECT_WITHIN_MS = 1_500;
/** Calls in hand may take so long until they are cut off: with the rest, below what an operator waits. */
export const FINISH_WITHIN_MS = 5_000;

/** Services are reached at the origins of their GraphQL addresses. */
const originsOf = ({ CLEANROOM_SUBGRAPHS }: GatewayConfig): Record<string, string> =>
  Object.fromEntries(Object.entries(CLEANROOM_SUBGRAPHS).map(([name, url]) => [name, new URL(url).origin]));

const hash = ({ kind, secret }: Credential): string =>
  createHash('sha256').update(`${kind} ${secret}`).digest('base64');

function callersOf(config: GatewayConfig, dispatcher: Dispatcher, log: Log) {
  const directory = new HttpCallerDirectory({
    origin: originsOf(config).identity ?? '',
    gatewayKey: config.CLEANROOM_GATEWAY_KEY,
    dispatcher,
  });
  const callers = new TokenCallers({
    directory,
    hash,
    now: () => performance.now(),
    wallClock: () => new Date(),
  });
  const credentialOf = (request: IncomingMessage) => shownCredential(request, config.CLEANROOM_PUBLIC_ORIGIN);
  return { directory, callers, credentialOf, watch: new TokenWatch({ callers, hash, repeat, log }) };
}

async function operationsOf(config: GatewayConfig, dispatcher: Dispatcher, log: Log) {
  const urls = config.CLEANROOM_SUBGRAPHS;
  const gatewayKey = config.CLEANROOM_GATEWAY_KEY;
  const sockets = new SocketSubgraphs({ urls, gatewayKey, log });
  const pulse = new SubgraphPulse({ origins: originsOf(config), dispatcher, log });
  const supergraph = await loadSupergraph({
    sdl: await readFile(config.CLEANROOM_SUPERGRAPH, 'utf8'),
    known: Object.keys(urls),
    http: new HttpSubgraphs({ urls, gatewayKey, dispatcher, pulse, log }),
    sockets,
  });
  const limits = {
    ...DEFAULT_LIMITS,
    depthOf: config.CLEANROOM_OPERATION_DEPTHS,
    cost: config.CLEANROOM_MAX_COST,
  };
  const persisted = await PersistedOperations.load(
    config.CLEANROOM_PERSISTED_OPERATIONS,
    config.CLEANROOM_ONLY_PERSISTED_OPERATIONS,
  );
  const timeoutMs = config.CLEANROOM_OPERATION_TIMEOUT;
  return { operations: new Operations({ supergraph, limits, persisted, timeoutMs, log }), sockets, pulse };
}

function serverOf(door: FrontDoor, sockets: GraphQLSockets, metrics: Metrics): Server {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 });
  server.on('request', (request, response) =>
    observeRequest(metrics, request, response, () => void door.open(request, response)),
  );
  server.on('upgrade', (request, connection, head) => {
    connection.on('error', () => connection.destroy());
    if (pathOf(request) === GRAPHQL_PATH) return sockets.upgrade(request, connection, head);
    connection.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  return server;
}

const listen = (server: Server, { CLEANROOM_PORT, CLEANROOM_HOST }: GatewayConfig): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(CLEANROOM_PORT, CLEANROOM_HOST, () => resolve());
  });

async function stopAll(parts: {
  server: Server;
  sockets: GraphQLSockets;
  upstream: SocketSubgraphs;
  pulse: SubgraphPulse;
  dispatcher: Agent;
}): Promise<void> {
  const { server, sockets, upstream, pulse, dispatcher } = parts;
  const closed = new Promise((resolve) => server.close(resolve));
  sockets.close();
  await upstream.close();
  server.closeIdleConnections();
  const cutOff = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN_MS);
  await closed;
  clearTimeout(cutOff);
  pulse.close();
  await dispatcher.destroy();
}
