import { restAfterFailure } from '../domain/backoff.js';
import { ProviderError, type ProvisioningPorts, type Servers } from '../ports.js';
import type { MachineCase } from './reconcile-runner.js';
import { inSeconds, intend, settle, type Outcome } from './settle.js';

const RETRY_SECONDS = 2;
/** Clocks of two companies: an action that began a little before our intent is still ours. */
const SKEW_MS = 2_000;

/** Rebuilds the server with the next generation's user data, with one call, and settles a lost answer by its actions. */
export async function rebuildServer(ports: ProvisioningPorts, found: MachineCase): Promise<void> {
  const { runner, machine } = found;
  const servers = await ports.providers.serversOf(runner.organizationId, runner.hetznerProjectId);
  const now = ports.now();
  if (!servers) return settle(ports, found, stop(found, 'the Hetzner credentials are not accepted', now));
  try {
    const done = machine.rebuildSent && (await wasRebuilt(servers, found));
    if (done === 'unknown') return settle(ports, found, { again: inSeconds(now, RETRY_SECONDS) });
    // An order with a lost answer that did not arrive is never repeated: the next one has a generation of its own.
    if (machine.rebuildSent && !done)
      return settle(ports, found, { machine: { rebuildIntentAt: null, rebuildSent: false } });
    if (!done) await send(ports, found, servers);
    await settle(ports, found, rebuilt(ports.now()));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await settle(ports, found, refused(found, error, now));
  }
}

/** A question that is not answered says nothing about the rebuild: taken for a "no" it would be sent twice. */
async function wasRebuilt(servers: Servers, { machine }: MachineCase): Promise<boolean | 'unknown'> {
  const since = new Date((machine.rebuildIntentAt?.getTime() ?? 0) - SKEW_MS);
  try {
    return await servers.rebuiltSince(machine.serverId, since);
  } catch (error) {
    const passing = error instanceof ProviderError && ['busy', 'unknown-outcome'].includes(error.failure);
    if (passing) return 'unknown';
    throw error;
  }
}

async function send(ports: ProvisioningPorts, found: MachineCase, servers: Servers): Promise<void> {
  const { machine, pool } = found;
  await intend(ports, found, machine.id, { rebuildSent: true });
  const ticket = ports.ticketOf(machine.id, machine.generation, machine.attempt);
  await servers.rebuild(machine.serverId, {
    image: pool.image,
    userData: ports.renderUserData(machine, ticket),
  });
}

const rebuilt = (now: Date): Outcome => ({
  machine: { rebuildIntentAt: null, rebuildSent: false },
  runner: { state: 'ENROLLING', stateSince: now },
  entry: { kind: 'machine', message: 'rebuilt within its paid hour', actor: 'provisioning' },
});

function refused(found: MachineCase, error: ProviderError, now: Date): Outcome {
  const again = error.retryAt ?? inSeconds(now, RETRY_SECONDS);
  // Locked by another action: certainly not begun, so the same order may go out again.
  if (error.failure === 'busy') return { machine: { rebuildSent: false }, again };
  if (error.failure === 'unknown-outcome') return { again };
  return stop(found, `Hetzner refused the rebuild: ${error.message}`, now);
}

const stop = ({ runner }: MachineCase, reason: string, now: Date): Outcome => ({
  runner: {
    state: 'STOPPING',
    stateSince: now,
    stateReason: reason,
    ...restAfterFailure(runner.failures, now),
  },
  machine: { credentialRevoked: true },
  entry: { kind: 'machine', message: reason, actor: 'provisioning' },
});
