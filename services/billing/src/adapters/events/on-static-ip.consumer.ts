import { timestampDate } from '@bufbuild/protobuf/wkt';
import { StaticIpStatus, topics, type StaticIpChanged } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { answerStaticIp } from '../../actions/answer-static-ip.js';
import { readPricesOfOrder } from '../../actions/read-prices.js';
import type { Meter } from '../../domain/meter.js';
import { tellRoom } from '../postgres/budget.store.js';
import { closeOtherIps, saveMeter } from '../postgres/meter.store.js';
import type { StaticIpTold } from '../../ports.js';
import { billingTransaction } from '../postgres/transactions.js';
import { endOf } from './end-of.js';

/**
 * Meters a Primary IP for as long as it exists: Hetzner bills it whether or not a machine has it. News of another one of
 * the runner, or of none, are news of the end of those before. Answers what is asked before one is ordered.
 */
export const onStaticIp = (clock: Clock) =>
  consumer(topics.staticIp, async (tx, { message, version, at }) => {
    const { runnerId, hetznerProjectId } = message;
    const billing = billingTransaction(tx);
    const meter = meterOf(message);
    const isDelivered = meter !== undefined && (await billing.books.meter(meter.id)) === undefined;
    const isNews = meter !== undefined && (await saveMeter(tx, meter, version));
    const goneAt = meter?.startedAt ?? (message.releasedAt ? timestampDate(message.releasedAt) : at);
    const isOver = await closeOtherIps(tx, {
      ...{ runnerId, goneAt },
      keptId: idOf(message),
      sourceVersion: version,
    });
    await answerStaticIp(billing, toldOf(message), meter, clock.now());
    // What it would have cost to the end of the month is free again.
    if (isOver || (isNews && meter.endedAt)) await tellRoom(tx, message.poolId);
    if (isDelivered) await readPricesOfOrder(billing, hetznerProjectId, clock.now());
  });

function meterOf(message: StaticIpChanged): Meter | undefined {
  const { organizationId, runnerId, poolId, hetznerProjectId, location, primaryIpId } = message;
  if (!message.createdAt || primaryIpId === 0n) return undefined;
  const startedAt = timestampDate(message.createdAt);
  return {
    id: idOf(message),
    kind: 'static-ip',
    providerId: String(primaryIpId),
    ...{ organizationId, runnerId, poolId, hetznerProjectId, location },
    type: 'ipv4',
    orderedAt: startedAt,
    priceAtOrder: null,
    startedAt,
    ...endOf(startedAt, message.lastSeenAt, message.releasedAt),
  };
}

function toldOf(message: StaticIpChanged): StaticIpTold {
  const { organizationId, runnerId, poolId, hetznerProjectId, status, version: sourceVersion } = message;
  const isThere = message.primaryIpId > 0n;
  const isRefused = message.refusedUntil !== undefined;
  // A version of identity that asks nothing names no locations, so that nothing could be reckoned.
  const isUnknown = message.allowedLocations.length === 0;
  return {
    ...{ organizationId, runnerId, poolId, hetznerProjectId, sourceVersion },
    allowedLocations: message.allowedLocations,
    question: message.budgetQuestion,
    over: isThere || isRefused || isUnknown || status === StaticIpStatus.RELEASED,
  };
}

const idOf = ({ hetznerProjectId, primaryIpId }: StaticIpChanged): string =>
  `ip-${hetznerProjectId}-${primaryIpId}`;
