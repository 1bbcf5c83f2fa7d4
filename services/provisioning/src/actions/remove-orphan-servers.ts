import { judgeStrays, type Stray } from '@cleanroom/kernel';
import { bearsAllLabels, belongsTo } from '../domain/server-name.js';
import {
  ProviderError,
  type ProviderServer,
  type ProvisioningPorts,
  type ProvisioningTransaction,
} from '../ports.js';
import type { ServerList } from './server-list.js';

/**
 * Deletes servers that carry all our labels and belong to no machine that lives: left behind by a crash, by an answer that
 * never came, or by an order that arrived late. Only what was seen twice, and never many at once.
 */
export async function removeOrphanServers(ports: ProvisioningPorts, list: ServerList): Promise<void> {
  const { organizationId, projectId, servers, listed } = list;
  const orphans = await ports.transactions.inOrganization(organizationId, async (tx) => {
    const machines = await tx.machines.livingIn(projectId);
    const unknown = listed.filter(
      (server) => bearsAllLabels(server.labels) && !machines.some((machine) => belongsTo(server, machine)),
    );
    const strays = await withAhead(tx, unknown);
    const before = await tx.sightings.of(projectId);
    const { orphans: judged, sighted, braked } = judgeStrays(strays, before, listed.length, ports.now());
    if (braked) {
      const found = { organizationId, projectId, strays: strays.length };
      ports.log.error(found, 'so many unknown servers that none is deleted');
    }
    await tx.sightings.remember(projectId, sighted, braked);
    return judged;
  });
  for (const id of orphans) {
    const name = listed.find((server) => server.id === id)?.name;
    ports.log.warn({ organizationId, server: id, name }, 'an orphaned server of ours is deleted');
    await unlessRefused(ports, () => servers.delete(id));
  }
}

/** A runner's orders are counted and written down before they are sent: who has sent more than we know of forgot them. */
async function withAhead(
  { runners }: Pick<ProvisioningTransaction, 'runners'>,
  servers: readonly ProviderServer[],
): Promise<Stray[]> {
  const known = await runners.findAll(servers.flatMap(({ labels }) => labels['cleanroom-runner'] ?? []));
  const attempts = new Map(known.map(({ id, attempt }) => [id, attempt]));
  return servers.map(({ id, created, labels }) => {
    const attempt = attempts.get(labels['cleanroom-runner'] ?? '');
    return {
      id,
      created,
      isAheadOfUs: attempt !== undefined && Number(labels['cleanroom-attempt']) > attempt,
    };
  });
}

/** One that cannot be deleted, now or because it is protected, is seen again in a minute; it must not keep the others. */
export async function unlessRefused(
  { log }: Pick<ProvisioningPorts, 'log'>,
  deletion: () => Promise<unknown>,
): Promise<void> {
  try {
    await deletion();
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure === 'credentials-invalid') throw error;
    log.warn({ failure: error.failure }, `an orphan is not deleted yet: ${error.message}`);
  }
}
