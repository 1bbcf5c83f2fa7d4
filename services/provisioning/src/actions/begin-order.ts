import { ticketEnd } from '../domain/deadlines.js';
import { untouched, type Machine } from '../domain/machine.js';
import { chooseServerType, soldOutUntil, type SoldOut } from '../domain/placement.js';
import { wakeCause } from '../domain/wake-cause.js';
import type { ProvisioningPorts, ProvisioningTransaction } from '../ports.js';
import { decideStep } from './decide-step.js';
import type { RunnerCase } from './reconcile-runner.js';
import { lockCase } from './settle.js';

/**
 * Writes down what is going to be ordered, under which name and with which ticket, before anything leaves: after a
 * crash the very same order can be repeated or found.
 */
export async function beginOrder(ports: ProvisioningPorts, found: RunnerCase): Promise<void> {
  const now = ports.now();
  const { lease, budget } = found;
  await ports.transactions.inOrganization(lease.organizationId, async (tx) => {
    await tx.pools.lockShared(found.pool.id);
    const current = await lockCase(tx, found);
    // No longer wanted, or its pool rests: then a place that another has taken would be filled twice.
    if (decideStep(ports, current, now).kind !== 'begin-order') return tx.finish('runner', lease, now);
    const { runner, pool } = current;
    const soldOut = await tx.pools.soldOut(runner.hetznerProjectId);
    const location = runner.location ?? '';
    const serverType = chooseServerType(pool.serverTypes, location, soldOut, now);
    if (serverType === undefined) return waitForCapacity(tx, current, soldOut, now);
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

async function waitForCapacity(
  tx: ProvisioningTransaction,
  { lease, runner, pool }: RunnerCase,
  soldOut: readonly SoldOut[],
  now: Date,
): Promise<void> {
  const location = runner.location ?? '';
  const retryAt = soldOutUntil(pool.serverTypes, location, soldOut, now);
  const stateReason = `all server types are sold out in ${location}`;
  await tx.runners.change(runner, { retryAt, stateReason, trouble: 'SOLD_OUT' });
  await tx.pools.makeDue(pool.id, now);
  await tx.finish('runner', lease, retryAt);
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
