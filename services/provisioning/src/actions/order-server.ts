import { isOfOrder, labelsOfMachine, policyLabels, serverName } from '../domain/server-name.js';
import {
  ProviderError,
  type Project,
  type ProviderServer,
  type ProvisioningPorts,
  type ServerOrder,
  type Servers,
} from '../ports.js';
import { decideStep } from './decide-step.js';
import type { MachineCase } from './reconcile-runner.js';
import { answerRefusedOrder, giveUpOrder } from './refused-order.js';
import { intendAnew, settle, type Outcome } from './settle.js';

/**
 * Orders the server with one call, or finds the one that an earlier call with a lost answer made. Not where the pool was
 * paused or the runner became unwanted a moment ago.
 */
export async function orderServer(ports: ProvisioningPorts, found: MachineCase): Promise<void> {
  const { runner, machine } = found;
  const servers = await ports.providers.serversOf(runner.organizationId, runner.hetznerProjectId);
  const project = await ports.transactions.inOrganization(runner.organizationId, (tx) =>
    tx.project(runner.hetznerProjectId),
  );
  if (!servers || !project)
    return giveUpOrder(ports, found, { reason: 'the Hetzner credentials are not accepted', retryAt: null });
  try {
    // Sent before: the name tells whether that order arrived, and only if not it goes out again, under the same name.
    const earlier = machine.orderSentAt
      ? await servers.findByName(serverName(runner.id, machine.attempt))
      : undefined;
    const server = earlier ? ours(ports, found, earlier) : await send(ports, found, servers, project);
    await settle(ports, found, server ? accepted(server, ports.now()) : {});
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await answerRefusedOrder(ports, found, error);
  }
}

const accepted = (server: ProviderServer, now: Date): Outcome => ({
  machine: {
    ...{ serverId: server.id, createdAt: server.created, lastSeenAt: now },
    // Unknown of one that was found by its name after a lost answer: then the price is left to billing's book.
    hourlyMicros: server.priceAtOrder?.hourlyMicros ?? null,
    monthlyCapMicros: server.priceAtOrder?.monthlyCapMicros ?? null,
  },
  runner: { state: 'ENROLLING', stateSince: now },
  entry: { kind: 'order', message: `Hetzner accepted the order of ${server.name}`, actor: 'provisioning' },
});

async function send(
  ports: ProvisioningPorts,
  found: MachineCase,
  servers: Servers,
  project: Project,
): Promise<ProviderServer | undefined> {
  const { runner, machine } = found;
  const now = ports.now();
  const isNext = (current: MachineCase) => decideStep(ports, current, now).kind === 'order-server';
  if (!(await intendAnew(ports, found, { orderSentAt: now }, isNext))) return undefined;
  try {
    return await servers.order(orderOf(ports, found, project));
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure !== 'name-taken') throw error;
    const server = await servers.findByName(serverName(runner.id, machine.attempt));
    if (!server) throw new ProviderError('unknown-outcome', 'the name is taken, but by nobody');
    return ours(ports, found, server);
  }
}

function orderOf(
  ports: ProvisioningPorts,
  { runner, machine, pool }: MachineCase,
  project: Project,
): ServerOrder {
  const ticket = ports.ticketOf(machine.id, machine.generation, machine.attempt);
  return {
    name: serverName(runner.id, machine.attempt),
    serverType: machine.serverType,
    location: machine.location,
    image: pool.image,
    labels: { ...labelsOfMachine(ports.installation, machine), ...policyLabels(pool.policyIds) },
    userData: ports.renderUserData(machine, ticket),
    sshKeyId: project.sshKeyId,
    firewallId: project.baselineFirewallId,
    primaryIpId: machine.primaryIpId,
  };
}

/** Whether a server with the name of an order is really what was ordered. */
export const isOfThisOrder = (
  ports: ProvisioningPorts,
  found: MachineCase,
  server: ProviderServer,
): boolean => isOfOrder(server, labelsOfMachine(ports.installation, found.machine), found.machine.orderedAt);

/** A name proves nothing: only with all our labels is it the server of this order. */
function ours(ports: ProvisioningPorts, found: MachineCase, server: ProviderServer): ProviderServer {
  if (isOfThisOrder(ports, found, server)) return server;
  throw new ProviderError('name-taken', `a server named ${server.name} exists and is not ours`);
}
