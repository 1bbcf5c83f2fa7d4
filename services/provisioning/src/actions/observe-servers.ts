import type { WorkLease } from '@cleanroom/kernel';
import { isGone } from '../domain/absent-server.js';
import type { Machine } from '../domain/machine.js';
import { ProviderError, type MachinePatch, type ProvisioningPorts } from '../ports.js';
import { askForMissing } from './ask-for-missing.js';
import { correctLabels } from './correct-labels.js';
import { removeOrphanServers } from './remove-orphan-servers.js';
import type { ServerList } from './server-list.js';
import { inSeconds } from './settle.js';

const EVERY_SECONDS = 60;

/**
 * One list per project and minute, of which three things are read: who is still there, who has gone without us, and who
 * is there that nobody here knows. The cloud's list comes before the database's, so that a server ordered in between is
 * taken for known, never for a stray.
 */
export async function observeServers(ports: ProvisioningPorts, lease: WorkLease): Promise<void> {
  const { id: projectId, organizationId } = lease;
  const again = () => inSeconds(ports.now(), EVERY_SECONDS);
  const finish = (at: Date, failure?: ProviderError) =>
    ports.transactions.inOrganization(organizationId, async (tx) => {
      if (failure?.failure === 'credentials-invalid') await tx.stopWriting('hetzner', projectId);
      await tx.finish('observation', lease, at);
    });
  try {
    const servers = await ports.providers.serversOf(organizationId, projectId);
    if (servers) {
      await look(ports, { organizationId, projectId, servers });
      await ports.transactions.inOrganization(organizationId, (tx) => tx.writeAgain('hetzner', projectId));
    }
    await finish(again());
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    ports.log.warn({ projectId, failure: error.failure }, `servers were not observed: ${error.message}`);
    await finish(error.retryAt ?? again(), error);
  }
}

async function look(
  ports: ProvisioningPorts,
  place: Pick<ServerList, 'organizationId' | 'projectId' | 'servers'>,
): Promise<void> {
  const listedAt = ports.now();
  const listed = (await place.servers.list()).filter(
    ({ labels }) => labels['cleanroom-organization'] === place.organizationId,
  );
  const { there, absent } = await askForMissing(ports, { ...place, listed, listedAt });
  const list = { ...place, listed: [...listed, ...there], listedAt };
  await noteWhoIsThere(ports, list, absent);
  await removeOrphanServers(ports, list);
  await correctLabels(ports, list);
}

async function noteWhoIsThere(
  { transactions, now }: ProvisioningPorts,
  list: ServerList,
  absent: ReadonlySet<number>,
): Promise<void> {
  await transactions.inOrganization(list.organizationId, async (tx) => {
    const bereft: string[] = [];
    for (const machine of await tx.machines.livingIn(list.projectId)) {
      const change = whatIsSeen(machine, list, absent);
      if (!change) continue;
      await tx.machines.change(machine.id, change);
      if ('vanished' in change) bereft.push(machine.runnerId);
    }
    for (const id of bereft.sort()) await tx.runners.makeDue(id, now());
  });
}

/** It takes two lists in a row that lack it, and each time a look by its number, before a server is taken for gone. */
function whatIsSeen(
  { serverId, absentSince, ...machine }: Machine,
  { listed, listedAt }: ServerList,
  absent: ReadonlySet<number>,
): MachinePatch | undefined {
  if (serverId === 0 || machine.deleteActionId > 0 || machine.vanished) return undefined;
  if (listed.some(({ id }) => id === serverId)) return { lastSeenAt: listedAt, absentSince: null };
  // Its absence may be what was asked for since; by whom it was deleted the answer tells.
  if (machine.deleteSentAt !== null || !absent.has(serverId)) return undefined;
  return isGone(absentSince, listedAt) ? { vanished: true } : { absentSince: absentSince ?? listedAt };
}
