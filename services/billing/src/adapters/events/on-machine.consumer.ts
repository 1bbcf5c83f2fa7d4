import { timestampDate } from '@bufbuild/protobuf/wkt';
import { topics, type MachineChanged } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer, type Consumer } from '@cleanroom/messaging';
import { answerMachine } from '../../actions/answer-machine.js';
import { readPricesOfOrder } from '../../actions/read-prices.js';
import { tellRoomLeft } from '../../actions/tell-room-left.js';
import type { MachineSpend } from '../../domain/machine-spend.js';
import type { Meter } from '../../domain/meter.js';
import type { PriceAtOrder } from '../../domain/price.js';
import { saveMeter } from '../postgres/meter.store.js';
import { billingTransaction } from '../postgres/transactions.js';
import { endOf } from './end-of.js';

/**
 * Meters a machine from the server's own creation to its deletion, and answers what it asks for. A rebuild changes
 * neither bound, so it begins no new hour. One that asks nothing is kept too: should a budget be set while its order is
 * on its way, nothing else tells that its first hour will be paid.
 */
export const onMachine = (clock: Clock): Consumer =>
  consumer(topics.machine, async (tx, { message, version, at }) => {
    const billing = billingTransaction(tx);
    const meter = meterOf(message);
    const isDelivered = meter !== undefined && (await billing.books.meter(meter.id)) === undefined;
    if (meter) await saveMeter(tx, meter, version);
    await answerMachine(billing, spendOf(message, at), version, clock.now());
    if (!isDelivered) return;
    await tellRoomLeft(billing, message.machineId);
    await readPricesOfOrder(billing, message.hetznerProjectId, clock.now());
  });

function meterOf(message: MachineChanged): Meter | undefined {
  if (!message.createdAt) return undefined;
  const { organizationId, runnerId, poolId, hetznerProjectId, location } = message;
  const startedAt = timestampDate(message.createdAt);
  return {
    id: message.machineId,
    kind: 'machine',
    providerId: String(message.serverId),
    ...{ organizationId, runnerId, poolId, hetznerProjectId, location },
    type: message.serverType,
    orderedAt: message.orderedAt ? timestampDate(message.orderedAt) : startedAt,
    priceAtOrder: priceOf(message),
    startedAt,
    ...endOf(startedAt, message.lastSeenAt, message.deletedAt),
  };
}

const priceOf = ({ hourlyMicros, monthlyCapMicros }: MachineChanged): PriceAtOrder | null =>
  hourlyMicros > 0n && monthlyCapMicros > 0n ? { hourlyMicros, monthlyCapMicros } : null;

function spendOf(message: MachineChanged, at: Date): Omit<MachineSpend, 'hoursGranted'> {
  const { machineId, organizationId, runnerId, poolId, hetznerProjectId, location, hoursAsked } = message;
  return {
    ...{ machineId, organizationId, runnerId, poolId, hetznerProjectId, location, hoursAsked },
    allowedTypes: message.allowedServerTypes.length > 0 ? message.allowedServerTypes : [message.serverType],
    orderedAt: message.orderedAt ? timestampDate(message.orderedAt) : at,
    ended: message.deletedAt !== undefined,
  };
}
