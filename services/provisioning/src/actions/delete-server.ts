import { laterOf } from '@cleanroom/kernel';
import { isGone } from '../domain/absent-server.js';
import type { Machine } from '../domain/machine.js';
import { serverName } from '../domain/server-name.js';
import { ProviderError, type ProvisioningPorts, type Servers } from '../ports.js';
import { isOfThisOrder } from './order-server.js';
import type { MachineCase } from './reconcile-runner.js';
import { inSeconds, intend, settle } from './settle.js';

const LOOK_AGAIN_SECONDS = 4;
/** Such as for a server that somebody has protected: only a person can help, and asking costs requests. */
const REFUSED_AGAIN_SECONDS = 60;
const WITHOUT_CREDENTIALS_SECONDS = 30;
/** An order whose answer was lost may still arrive for so long. */
const LATE_ARRIVAL_MS = 30_000;

/** Deletes the server, and says that it is gone only when Hetzner did. Repeats until then. */
export async function deleteServer(ports: ProvisioningPorts, found: MachineCase): Promise<void> {
  const { runner, machine } = found;
  const servers = await ports.providers.serversOf(runner.organizationId, runner.hetznerProjectId);
  if (!servers) return settle(ports, found, { again: inSeconds(ports.now(), WITHOUT_CREDENTIALS_SECONDS) });
  try {
    if (machine.serverId === 0) return await settleUnknown(ports, found, servers);
    if (machine.deleteActionId > 0) return await awaitDeletion(ports, found, servers);
    await beginDeletion(ports, found, servers);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    ports.log.warn(
      { runner: runner.id, failure: error.failure },
      `the server is not deleted yet: ${error.message}`,
    );
    await settle(ports, found, {
      again: error.retryAt ?? inSeconds(ports.now(), againAfter(error)),
      also: async (tx) => {
        if (error.failure === 'credentials-invalid') await tx.stopWriting('hetzner', runner.hetznerProjectId);
      },
    });
  }
}

const againAfter = ({ failure }: ProviderError): number =>
  failure === 'refused' ? REFUSED_AGAIN_SECONDS : LOOK_AGAIN_SECONDS;

async function beginDeletion(ports: ProvisioningPorts, found: MachineCase, servers: Servers): Promise<void> {
  const { machine } = found;
  if (!machine.deleteSentAt) await intend(ports, found, machine.id, { deleteSentAt: ports.now() });
  const deletion = await servers.delete(machine.serverId);
  if (!deletion) return endUnlessThere(ports, found, servers);
  await settle(ports, found, {
    machine: { deleteActionId: deletion.actionId, deleteStartedAt: deletion.startedAt },
    again: inSeconds(ports.now(), LOOK_AGAIN_SECONDS),
  });
}

/** That there is nothing to delete is one word, and a wrong one would leave a server that nobody here knows: it takes two. */
async function endUnlessThere(ports: ProvisioningPorts, found: MachineCase, servers: Servers): Promise<void> {
  const { machine } = found;
  const isThere = !machine.vanished && (await servers.find(machine.serverId)) !== undefined;
  const now = ports.now();
  if (!isThere) return settle(ports, found, { machine: { deletedAt: now, ...lastSeenOf(machine) } });
  await settle(ports, found, {
    // Where it was asked for before, its end may have come with that, and the server only be shown a little longer.
    ...(machine.deleteSentAt ? {} : { machine: { lastSeenAt: now } }),
    again: inSeconds(now, LOOK_AGAIN_SECONDS),
  });
}

/**
 * What is known of a server that is gone already: where its deletion had been asked for before, with an answer that was
 * lost, it was there until then. Unless a look at the project had found before that somebody else has deleted it.
 */
function lastSeenOf({ deleteSentAt, vanished, lastSeenAt }: Machine): { lastSeenAt?: Date } {
  if (!deleteSentAt || vanished || (lastSeenAt && lastSeenAt >= deleteSentAt)) return {};
  return { lastSeenAt: deleteSentAt };
}

async function awaitDeletion(ports: ProvisioningPorts, found: MachineCase, servers: Servers): Promise<void> {
  const { machine } = found;
  const outcome = await servers.outcomeOf(machine.deleteActionId);
  if (outcome === 'running')
    return settle(ports, found, { again: inSeconds(ports.now(), LOOK_AGAIN_SECONDS) });
  if (outcome === 'failed')
    return settle(ports, found, { machine: { deleteActionId: 0, deleteStartedAt: null } });
  // Billing ends with the order to delete, by the provider's own clock: an exact end, so both bounds are the same.
  const deletedAt = machine.deleteStartedAt ?? ports.now();
  await settle(ports, found, { machine: { deletedAt, lastSeenAt: deletedAt } });
}

/**
 * Nobody knows whether the order arrived: its name tells, once it is too late for it to arrive any more. That nothing has
 * the name it takes two looks to believe.
 */
async function settleUnknown(ports: ProvisioningPorts, found: MachineCase, servers: Servers): Promise<void> {
  const { runner, machine } = found;
  const now = ports.now();
  const server = await servers.findByName(serverName(runner.id, machine.attempt));
  if (server && isOfThisOrder(ports, found, server)) {
    return settle(ports, found, {
      machine: { serverId: server.id, createdAt: server.created, lastSeenAt: now, absentSince: null },
    });
  }
  const settledAt = new Date((machine.orderSentAt?.getTime() ?? 0) + LATE_ARRIVAL_MS);
  if (settledAt <= now && isGone(machine.absentSince, now, LOOK_AGAIN_SECONDS * 1000))
    return settle(ports, found, { machine: { deletedAt: now, orderSentAt: null } });
  await settle(ports, found, {
    machine: { absentSince: machine.absentSince ?? now },
    again: laterOf(settledAt, inSeconds(now, LOOK_AGAIN_SECONDS)),
  });
}
