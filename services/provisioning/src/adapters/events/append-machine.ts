import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import { appendEvent } from '@cleanroom/messaging';
import type { EntityManager } from 'typeorm';
import type { Machine } from '../../domain/machine.js';
import { paidUntil } from '../../domain/paid-hour.js';

/** Tells everybody what a machine is now. */
export async function appendMachine(
  tx: EntityManager,
  machine: Machine,
  ticketHash: Uint8Array,
  now: Date,
): Promise<void> {
  const paid = machine.createdAt && paidUntil(machine.createdAt, machine.deletedAt ?? now);
  await appendEvent(tx, topics.machine, {
    machineId: machine.id,
    organizationId: machine.organizationId,
    runnerId: machine.runnerId,
    poolId: machine.poolId,
    hetznerProjectId: machine.hetznerProjectId,
    version: BigInt(machine.version),
    generation: machine.generation,
    attempt: machine.attempt,
    ticketHash: new Uint8Array(ticketHash),
    ticketExpiresAt: timestampFromDate(machine.ticketExpiresAt),
    address: machine.address,
    serverId: BigInt(machine.serverId),
    serverType: machine.serverType,
    location: machine.location,
    orderedAt: timestampFromDate(machine.orderedAt),
    createdAt: stamp(machine.createdAt),
    readyAt: stamp(machine.readyAt),
    lastSeenAt: stamp(machine.lastSeenAt),
    deletedAt: stamp(machine.deletedAt),
    paidUntil: stamp(paid),
    credentialRevoked: machine.credentialRevoked,
    hoursAsked: machine.hoursAsked,
    allowedServerTypes: [...machine.allowedTypes],
    hourlyMicros: machine.hourlyMicros ?? 0n,
    monthlyCapMicros: machine.monthlyCapMicros ?? 0n,
  });
}

const stamp = (date: Date | null) => (date ? timestampFromDate(date) : undefined);
