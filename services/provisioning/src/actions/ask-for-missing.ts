import type { Machine } from '../domain/machine.js';
import { ProviderError, type ProviderServer, type ProvisioningPorts } from '../ports.js';
import type { ServerList } from './server-list.js';

/** What became of the servers that a list leaves out: one of which nobody knows is in neither. */
export interface Missing {
  readonly there: readonly ProviderServer[];
  /** Neither listed nor found by their number. */
  readonly absent: ReadonlySet<number>;
}

/**
 * We list by our label, so that a server that lacks it looks as if it were gone, and its job would be cut off: before
 * that is believed the server is asked for by its number, after each list that leaves it out.
 */
export async function askForMissing(ports: ProvisioningPorts, list: ServerList): Promise<Missing> {
  const { organizationId, projectId, servers } = list;
  const machines = await ports.transactions.inOrganization(organizationId, (tx) =>
    tx.machines.livingIn(projectId),
  );
  const there: ProviderServer[] = [];
  const absent = new Set<number>();
  for (const { serverId } of machines.filter((machine) => isMissing(machine, list))) {
    const about = { organizationId, projectId, server: serverId };
    try {
      const server = await servers.find(serverId);
      if (server) there.push(server);
      else absent.add(serverId);
      ports.log.warn(
        about,
        server ? 'a server of ours has lost its labels' : 'a server of ours is not found',
      );
    } catch (error) {
      if (!(error instanceof ProviderError) || error.failure === 'credentials-invalid') throw error;
      ports.log.warn(about, `nobody knows where a server is: ${error.message}`);
    }
  }
  return { there, absent };
}

function isMissing(machine: Machine, { listed, listedAt }: ServerList): boolean {
  const isLookedFor =
    machine.serverId > 0 &&
    machine.deleteSentAt === null &&
    machine.deleteActionId === 0 &&
    !machine.vanished;
  if (!isLookedFor || listed.some(({ id }) => id === machine.serverId)) return false;
  // One that was ordered or seen since the list was asked for need not be on it.
  return (machine.lastSeenAt ?? machine.orderedAt) < listedAt;
}
