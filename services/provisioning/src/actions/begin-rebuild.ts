import { ticketEnd } from '../domain/deadlines.js';
import type { ProvisioningPorts } from '../ports.js';
import type { MachineCase } from './reconcile-runner.js';
import { settle } from './settle.js';

/**
 * Writes down the next generation and its ticket before Hetzner is asked. From this moment identity knows the old
 * generation no more, whatever becomes of the call.
 */
export async function beginRebuild(ports: ProvisioningPorts, found: MachineCase): Promise<void> {
  const { machine } = found;
  const generation = machine.generation + 1;
  const now = ports.now();
  await settle(ports, found, {
    machine: {
      generation,
      ticketHash: ports.hashOf(ports.ticketOf(machine.id, generation, machine.attempt)),
      ticketExpiresAt: ticketEnd(now, ports.clockFactor),
      credentialRevoked: false,
      rebuildIntentAt: now,
      rebuildSent: false,
      jobStarted: false,
      jobOver: false,
      doneJobs: [],
      quiet: false,
      readyAt: null,
      lastReportAt: null,
      idleSaidAt: null,
      maxBuilds: null,
    },
  });
}
