import { join } from 'node:path';
import type { ChildPlan } from './child.js';
import type { ServiceDatabases } from './databases.js';
import type { Ports } from './ports.js';
import { serviceNames, type ServiceProcess } from './service-names.js';
import type { StateFolder } from './state-folder.js';

/** What every process of an installation is started from. */
export interface Installation {
  root: string;
  folder: StateFolder;
  ports: Ports;
  /** Value of CLEANROOM_CLOCK. */
  clock: string;
  databases: ServiceDatabases;
  logLevel: string;
  otlpEndpoint: string | undefined;
  /** `fast` makes the simulated cloud answer at once, for tests. */
  latency: 'realistic' | 'fast';
  inherited: Record<string, string>;
  /** Further environment by process name, such as a crash point. */
  extra: Record<string, Record<string, string>>;
}

/** Small heaps: on a small machine a lazily collected one would grow to many times what is needed. */
const MODEST = ['--max-old-space-size=192', '--max-semi-space-size=4'];

const origin = (port: number): string => `http://127.0.0.1:${port}`;

/** The two simulators, which stand in for Hetzner and GitLab. */
export function simulatorPlans(of: Installation): ChildPlan[] {
  const { hetznerToken, gitlabToken } = of.folder.state;
  const scopes = ['api', 'create_runner', 'manage_runner', 'read_api'];
  return [
    plan(of, 'hetzner', 'infra/simulators/hetzner/dist/main.js', `${origin(of.ports.hetzner)}/_sim/faults`, {
      CLEANROOM_SIMULATOR_TOKENS: JSON.stringify({ [hetznerToken]: 'demo' }),
      CLEANROOM_SIMULATOR_LATENCY: of.latency,
    }),
    plan(of, 'gitlab', 'infra/simulators/gitlab/dist/main.js', `${origin(of.ports.gitlab)}/_sim/faults`, {
      CLEANROOM_SIMULATOR_TOKENS: JSON.stringify({ [gitlabToken]: { scopes, role: 'owner' } }),
    }),
  ].map((simulator) => ({
    ...simulator,
    env: {
      ...simulator.env,
      CLEANROOM_SIMULATOR_STATE: of.folder.file(`${simulator.name}-simulator`),
      ...of.extra[simulator.name],
    },
  }));
}

export const servicePlans = (of: Installation): ChildPlan[] =>
  serviceNames.map((name) =>
    plan(of, name, `services/${name}/dist/service.mjs`, `${origin(of.ports[name])}/health/ready`, {
      ...serviceEnvironment(of, name),
      ...of.extra[name],
    }),
  );

export function gatewayPlan(of: Installation): ChildPlan {
  const subgraphs = serviceNames.map((name) => [name, `${origin(of.ports[name])}/graphql`]);
  return plan(
    of,
    'gateway',
    'services/gateway/dist/service.mjs',
    `${origin(of.ports.gateway)}/health/ready`,
    {
      CLEANROOM_GATEWAY_KEY: of.folder.state.gatewayKey,
      CLEANROOM_PUBLIC_ORIGIN: origin(of.ports.gateway),
      CLEANROOM_SUBGRAPHS: JSON.stringify(Object.fromEntries(subgraphs)),
      CLEANROOM_PERSISTED_OPERATIONS: join(of.root, 'infra/api/examples/src/generated'),
      ...of.extra.gateway,
    },
  );
}

/** What a service, or a program of it, reads from its environment. */
export function serviceEnvironment(
  of: { folder: Pick<StateFolder, 'state'>; ports: Ports; databases: ServiceDatabases },
  name: ServiceProcess,
): Record<string, string> {
  const { state } = of.folder;
  const own = of.databases.services[name];
  const publicKeys = Object.entries(state.recipientKeys).map(([recipient, keys]) => [
    recipient,
    keys.publicKey,
  ]);
  const masterKey = state.masterKeys[name];
  const recipientKey = state.recipientKeys[name]?.privateKey;
  return {
    CLEANROOM_DATABASE_URL: own.appUrl,
    CLEANROOM_DATABASE_WORKER_URL: own.workerUrl,
    CLEANROOM_BUS_URL: of.databases.busUrl,
    CLEANROOM_PUBLIC_ORIGIN: origin(of.ports.gateway),
    CLEANROOM_INSTALLATION: state.installation,
    CLEANROOM_GATEWAY_KEY: state.gatewayKey,
    CLEANROOM_ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${of.ports.hetzner},127.0.0.1:${of.ports.gitlab}`,
    ...(masterKey ? { CLEANROOM_MASTER_KEY: masterKey } : {}),
    ...(recipientKey ? { CLEANROOM_RECIPIENT_PRIVATE_KEY: recipientKey } : {}),
    ...(name === 'identity'
      ? { CLEANROOM_RECIPIENT_KEYS: JSON.stringify(Object.fromEntries(publicKeys)) }
      : {}),
    ...(name === 'provisioning' ? { CLEANROOM_TICKET_KEY: state.ticketKey } : {}),
  };
}

function plan(
  of: Installation,
  name: string,
  script: string,
  readyUrl: string,
  env: Record<string, string>,
): ChildPlan {
  return {
    name,
    script: join(of.root, script),
    nodeFlags: [...MODEST, '--import', join(of.root, 'infra/local/dist/follow-parent.js')],
    readyUrl,
    logFile: of.folder.file(`logs/${name}.log`),
    env: {
      ...of.inherited,
      NODE_ENV: 'production',
      // Compiled once for all later starts; a process that is killed leaves nothing there.
      NODE_COMPILE_CACHE: join(of.root, 'node_modules/.cache/cleanroom'),
      CLEANROOM_PORT: String(of.ports[name as keyof Ports]),
      CLEANROOM_CLOCK: of.clock,
      CLEANROOM_LOG_LEVEL: of.logLevel,
      ...(of.otlpEndpoint ? { OTEL_EXPORTER_OTLP_ENDPOINT: of.otlpEndpoint } : {}),
      ...env,
    },
  };
}
