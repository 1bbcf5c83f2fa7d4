import { isOfOrder, labelsOfMachine, policyLabels, serverName } from '../domain/server-name.js';
import {
  ProviderError,
  type Project,
  type ProviderServer,
  type ProvisioningPorts,
  type ServerOrder,
  type Servers,
} from '../ports.js';
import { intendOrder, passOrderTurn } from './intend-order.js';
import type { MachineCase } from './reconcile-runner.js';
import { answerRefusedOrder, giveUpOrder, trySomethingElse } from './refused-order.js';
import { inSeconds, settle, type Outcome } from './settle.js';

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
    if (earlier) return await settle(ports, found, accepted(ours(ports, found, earlier), ports.now()));
    const intended = await intendOrder(ports, found);
    if (intended !== 'may-be-sent') return await insteadOfOrder[intended](ports, found);
    await settle(ports, found, accepted(await send(ports, found, servers, project), ports.now()));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await answerRefusedOrder(ports, found, error);
  }
  await passOrderTurn(ports, found);
}

/** Of real time a quarter of a second at least, so that a fast clock does not become a flood. */
const turnComesAt = ({ now, clockFactor }: ProvisioningPorts): Date =>
  inSeconds(now(), Math.max(1, clockFactor / 4));

const insteadOfOrder = {
  'not-next': (ports: ProvisioningPorts, found: MachineCase) => settle(ports, found, {}),
  'sold-out': trySomethingElse,
  'not-its-turn': (ports: ProvisioningPorts, found: MachineCase) =>
    settle(ports, found, { again: turnComesAt(ports) }),
};

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
): Promise<ProviderServer> {
  const { runner, machine } = found;
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
