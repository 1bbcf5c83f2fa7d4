import { ticketEnd } from '../domain/deadlines.js';
import { untouched, type Machine } from '../domain/machine.js';
import { chooseServerType, soldOutUntil } from '../domain/placement.js';
import { wakeCause } from '../domain/wake-cause.js';
import type { ProvisioningPorts } from '../ports.js';
import type { RunnerCase } from './reconcile-runner.js';

/**
 * Writes down what is going to be ordered, under which name and with which ticket, before anything leaves: after a
 * crash the very same order can be repeated or found.
 */
export async function beginOrder(
  ports: ProvisioningPorts,
  { lease, runner, pool, budget }: RunnerCase,
): Promise<void> {
  const now = ports.now();
  await ports.transactions.inOrganization(lease.organizationId, async (tx) => {
    const soldOut = await tx.pools.soldOut(runner.hetznerProjectId);
    const location = runner.location ?? '';
    const serverType = chooseServerType(pool.serverTypes, location, soldOut, now);
    if (serverType === undefined) {
      const retryAt = soldOutUntil(pool.serverTypes, location, soldOut, now);
      await tx.runners.change(runner, {
        retryAt,
        stateReason: `all server types are sold out in ${location}`,
        trouble: 'SOLD_OUT',
      });
      await tx.pools.makeDue(pool.id, now);
      return tx.finish('runner', lease, retryAt);
    }
    const attempt = runner.attempt + 1;
    const order = { runner, serverType, location, attempt, now, allowedTypes: pool.serverTypes };
    const machine = newMachine(ports, { ...order, hoursAsked: budget.holds ? 1 : 0 });
    await tx.machines.insert(machine, ports.hashOf(ports.ticketOf(machine.id, machine.generation, attempt)));
    const { message, actor, patch } = wakeCause(runner, pool, now);
    await tx.runners.change(
      runner,
      {
        state: 'STARTING',
        stateSince: now,
        trouble: null,
        machineId: machine.id,
        attempt,
        retryAt: null,
        ...patch,
      },
      { kind: 'wake', message, actor },
    );
    await tx.finish('runner', lease, now);
  });
}

interface Order {
  runner: RunnerCase['runner'];
  serverType: string;
  location: string;
  attempt: number;
  allowedTypes: readonly string[];
  hoursAsked: number;
  now: Date;
}

const newMachine = (
  { newId, clockFactor }: ProvisioningPorts,
  { runner, now, ...order }: Order,
): Machine => ({
  ...untouched,
  id: newId('machine'),
  organizationId: runner.organizationId,
  runnerId: runner.id,
  poolId: runner.poolId,
  hetznerProjectId: runner.hetznerProjectId,
  ...order,
  address: runner.address ?? '',
  primaryIpId: runner.primaryIpId,
  orderedAt: now,
  ticketExpiresAt: ticketEnd(now, clockFactor),
});
