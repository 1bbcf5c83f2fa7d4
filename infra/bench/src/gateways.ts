import { fileURLToPath } from 'node:url';
import { gatewayPlan, startChild, type Child } from '@cleanroom/local';
import { signCall, type SignedCaller } from '@cleanroom/service-kit/edge';
import { freePort, waitForPort } from '@cleanroom/testing';
import type { ApolloOrder } from './apollo-gateway.js';
import type { Installation } from './installation.js';
import type { GatewayUnderTest } from './measure-joined-query.js';
import type { ReplayOrder } from './replay-services.js';

export type Subgraphs = Readonly<Record<string, string>>;

/** A gateway, and how to end it. */
export type StartedGateway = GatewayUnderTest & Pick<Child, 'stop'>;

const SUPERGRAPH = fileURLToPath(new URL('../../../services/gateway/supergraph.graphql', import.meta.url));
const READY_WITHIN_MS = 30_000;

/** The services' addresses as the installation's own gateway has them. */
export const subgraphsOf = ({ system }: Installation): Subgraphs =>
  JSON.parse(gatewayPlan(system.installation).env.CLEANROOM_SUBGRAPHS ?? '{}') as Subgraphs;

/** The same services, all answered for by one process: from memory what was asked before. */
export async function startReplay(
  installation: Installation,
): Promise<Pick<Child, 'pid' | 'stop'> & { subgraphs: Subgraphs }> {
  const services: { name: string; port: number; origin: string }[] = [];
  for (const [name, url] of Object.entries(subgraphsOf(installation)))
    services.push({ name, port: await freePort(), origin: new URL(url).origin });
  const order: ReplayOrder = { services };
  const child = start(installation, 'replay-services', order);
  for (const { port } of services) await waitForPort(port);
  const subgraphs = services.map(({ name, port }) => [name, `http://127.0.0.1:${port}/graphql`]);
  return { pid: child.pid, stop: child.stop, subgraphs: Object.fromEntries(subgraphs) as Subgraphs };
}

/** A gateway of ours as in the product, with tracing to a collector. */
export async function startOurs(
  { system }: Installation,
  subgraphs: Subgraphs,
  collector: string,
): Promise<StartedGateway> {
  const port = await freePort();
  const plan = gatewayPlan(system.installation);
  const child = startChild({
    ...plan,
    name: 'ours',
    readyUrl: `http://127.0.0.1:${port}/health/ready`,
    env: {
      ...plan.env,
      CLEANROOM_PORT: String(port),
      CLEANROOM_SUBGRAPHS: JSON.stringify(subgraphs),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector,
    },
  });
  await child.ready(READY_WITHIN_MS);
  return { name: 'Cleanroom', pid: child.pid, stop: child.stop, port };
}

/** Apollo's gateway with nothing on but the signature that services ask for. */
export async function startApollo(installation: Installation, subgraphs: Subgraphs): Promise<StartedGateway> {
  const port = await freePort();
  const { gatewayKey } = installation.system.folder.state;
  const caller = await callerOf(installation, gatewayKey);
  const order: ApolloOrder = { port, supergraph: SUPERGRAPH, subgraphs, gatewayKey, caller };
  const child = start(installation, 'apollo-gateway', order);
  await waitForPort(port);
  return { name: 'Apollo Gateway', pid: child.pid, stop: child.stop, port };
}

/** Who the owner's token is, as identity tells a gateway. */
async function callerOf(installation: Installation, gatewayKey: string): Promise<SignedCaller> {
  const path = '/internal/callers';
  const source = '127.0.0.1';
  const body = JSON.stringify({ kind: 'token', token: installation.demo.apiToken });
  const signed = signCall(gatewayKey, { kind: 'anonymous', source }, { method: 'POST', path, body });
  const answer = await fetch(new URL(path, subgraphsOf(installation).identity), {
    method: 'POST',
    headers: { ...signed, 'content-type': 'application/json' },
    body,
  });
  const { caller } = (await answer.json()) as { caller: SignedCaller };
  return { ...caller, source };
}

/** A program of this folder, with the product's settings of Node. */
function start({ system }: Installation, name: string, order: object): Child {
  const { nodeFlags, env } = gatewayPlan(system.installation);
  return startChild({
    name,
    script: fileURLToPath(new URL(`${name}.js`, import.meta.url)),
    nodeFlags,
    env,
    readyUrl: undefined,
    logFile: system.folder.file(`logs/${name}.log`),
    order,
  });
}
