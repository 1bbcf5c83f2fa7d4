import { isSoldOut } from '../domain/placement.js';
import type { ProvisioningPorts } from '../ports.js';
import { decideStep } from './decide-step.js';
import type { MachineCase } from './reconcile-runner.js';
import { lockCase } from './settle.js';

/** For so long, in real seconds, an order without an answer keeps others of its type and location waiting. */
const ANSWER_SECONDS = 10;

/**
 * Writes down that the order is about to be sent, if by what is known behind the pool's turnstile it still is the next thing
 * to do, and if its type can still be had: since it was chosen another order may have found it sold out. Of one type and
 * location one order at a time is out, or all that are out when it is sold out would be refused one after the other.
 */
export async function intendOrder(
  ports: ProvisioningPorts,
  found: MachineCase,
): Promise<'may-be-sent' | 'not-next' | 'sold-out' | 'not-its-turn'> {
  const { runner, machine } = found;
  const { serverType, location } = machine;
  const now = ports.now();
  const since = new Date(now.getTime() - ANSWER_SECONDS * 1000 * ports.clockFactor);
  return ports.transactions.inOrganization(runner.organizationId, async (tx) => {
    await tx.pools.lockShared(found.pool.id);
    const isAnotherAsked = await tx.machines.isAnotherAsked(machine, since);
    if (decideStep(ports, await lockCase(tx, found), now).kind !== 'order-server') return 'not-next';
    const soldOut = await tx.pools.soldOut(machine.hetznerProjectId);
    if (isSoldOut(soldOut, serverType, location, now)) return 'sold-out';
    if (isAnotherAsked) return 'not-its-turn';
    await tx.machines.change(machine.id, { orderSentAt: now });
    await tx.hold('runner', found.lease);
    return 'may-be-sent';
  });
}

/** An order was answered, whatever the answer: the next of its type and location is looked at now. */
export const passOrderTurn = (
  { transactions, now }: ProvisioningPorts,
  { runner, machine }: MachineCase,
): Promise<void> =>
  transactions.inOrganization(runner.organizationId, async (tx) => {
    const next = await tx.machines.nextToOrder(machine);
    if (next !== undefined) await tx.runners.makeDue(next, now());
  });
