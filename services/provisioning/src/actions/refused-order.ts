import { ticketEnd } from '../domain/deadlines.js';
import { chooseServerType, SOLD_OUT_FOR_MS, soldOutUntil } from '../domain/placement.js';
import { allowedTypes } from '../domain/machine.js';
import type { RunnerTrouble } from '../domain/runner.js';
import type { ProviderError, ProvisioningPorts, TimelineKind } from '../ports.js';
import type { MachineCase } from './reconcile-runner.js';
import { inSeconds, settle } from './settle.js';

const LOOK_AGAIN_SECONDS = 2;
const LIMIT_RETRY_SECONDS = 60;
const REFUSED_RETRY_SECONDS = 300;

/** What follows from each way in which Hetzner can fail to accept an order. */
export async function answerRefusedOrder(
  ports: ProvisioningPorts,
  found: MachineCase,
  error: ProviderError,
): Promise<void> {
  const later = (seconds: number) => error.retryAt ?? inSeconds(ports.now(), seconds);
  switch (error.failure) {
    case 'sold-out':
      await markSoldOut(ports, found);
      return trySomethingElse(ports, found);
    case 'name-taken':
      return orderAnew(ports, found, {
        serverType: found.machine.serverType,
        why: 'its name belongs to a server that is not ours',
      });
    case 'busy':
    case 'unknown-outcome':
      return repeatLater(ports, found, error, later(LOOK_AGAIN_SECONDS));
    case 'credentials-invalid':
      return giveUpOrder(ports, found, {
        reason: 'the Hetzner credentials are not accepted',
        trouble: 'CREDENTIALS',
        retryAt: null,
        stopWriting: true,
      });
    case 'limit-exceeded': {
      const reason = `a limit of the Hetzner account is reached: ${error.message}`;
      return giveUpOrder(ports, found, { reason, trouble: 'LIMIT', retryAt: later(LIMIT_RETRY_SECONDS) });
    }
    default: {
      const reason = `Hetzner refused the order: ${error.message}`;
      return giveUpOrder(ports, found, { reason, retryAt: later(REFUSED_RETRY_SECONDS) });
    }
  }
}

/** The same order, under the same name: whatever became of the first, there will be one server. */
async function repeatLater(
  ports: ProvisioningPorts,
  found: MachineCase,
  error: ProviderError,
  at: Date,
): Promise<void> {
  const unknown = error.failure === 'unknown-outcome';
  await settle(ports, found, {
    // Refused for now is refused for certain: no need to look for it.
    ...(unknown || found.machine.orderSentAt ? {} : { machine: { orderSentAt: null } }),
    runner: {
      retryAt: at,
      stateReason: unknown
        ? 'the answer to the order was lost; looking for the server'
        : `Hetzner asks to wait: ${error.message}`,
    },
    again: at,
  });
}

async function markSoldOut(ports: ProvisioningPorts, { runner, machine }: MachineCase): Promise<void> {
  const until = new Date(ports.now().getTime() + SOLD_OUT_FOR_MS);
  const { serverType, location } = machine;
  await ports.transactions.inOrganization(runner.organizationId, (tx) =>
    tx.pools.markSoldOut(runner.hetznerProjectId, { serverType, location, until }),
  );
}

/** The next type in the customer's order; none left: another runner, in another location, is woken instead. */
export async function trySomethingElse(ports: ProvisioningPorts, found: MachineCase): Promise<void> {
  const { runner, machine, pool } = found;
  const { serverType, location } = machine;
  const types = allowedTypes(machine, pool);
  const soldOut = await ports.transactions.inOrganization(runner.organizationId, (tx) =>
    tx.pools.soldOut(runner.hetznerProjectId),
  );
  const next = chooseServerType(types, location, soldOut, ports.now());
  if (next && machine.orderSentAt === null)
    return orderAnew(ports, found, { serverType: next, why: `${serverType} is sold out in ${location}` });
  const reason = next
    ? `${serverType} is sold out in ${location}`
    : `all server types are sold out in ${location}`;
  const retryAt = next ? null : soldOutUntil(types, location, soldOut, ports.now());
  return giveUpOrder(ports, found, { reason, trouble: 'SOLD_OUT', retryAt });
}

/** The refusal was certain, so the next order may have another name: nothing can arrive late under the old one. */
async function orderAnew(
  ports: ProvisioningPorts,
  found: MachineCase,
  { serverType, why }: { serverType: string; why: string },
): Promise<void> {
  const { runner, machine } = found;
  const attempt = runner.attempt + 1;
  const ticketHash = ports.hashOf(ports.ticketOf(machine.id, machine.generation, attempt));
  const ticketExpiresAt = ticketEnd(ports.now(), ports.clockFactor);
  await settle(ports, found, {
    machine: { serverType, attempt, orderSentAt: null, ticketHash, ticketExpiresAt },
    runner: { attempt },
    entry: { kind: 'order', message: `${why}; trying ${serverType}`, actor: 'provisioning' },
  });
}

export interface GivenUp {
  readonly reason: string;
  readonly trouble?: RunnerTrouble;
  /** Null: when something changes. */
  readonly retryAt: Date | null;
  /** Whether nothing more may be sent with these credentials. */
  readonly stopWriting?: boolean;
  /** How the timeline calls it. @default 'order' */
  readonly kind?: TimelineKind;
}

/**
 * Gives an order up. Where nothing was ever made the runner sleeps without a detour, and another of its pool may be
 * woken; where an earlier call with the same name got no answer, stopping finds out first.
 */
export async function giveUpOrder(
  ports: ProvisioningPorts,
  found: MachineCase,
  { reason, trouble, retryAt, stopWriting = false, kind = 'order' }: GivenUp,
): Promise<void> {
  const now = ports.now();
  const { runner, machine } = found;
  const mayBeThere = machine.orderSentAt !== null;
  await settle(ports, found, {
    machine: { credentialRevoked: true, ...(mayBeThere ? {} : { deletedAt: now, orderSentAt: null }) },
    runner: {
      state: mayBeThere ? 'STOPPING' : 'ASLEEP',
      stateSince: now,
      stateReason: reason,
      trouble: trouble ?? null,
      retryAt,
      heldByBudget: trouble === 'BUDGET',
      ...(mayBeThere ? {} : { machineId: null }),
    },
    entry: { kind, message: reason, actor: 'provisioning' },
    also: async (tx) => {
      if (stopWriting) await tx.stopWriting('hetzner', runner.hetznerProjectId);
    },
    decidePool: true,
    // Until when a budget has refused is looked up by the next step; whether it will be told of again nobody knows.
    again: mayBeThere || trouble === 'BUDGET' ? now : retryAt,
  });
}
