import type { Hours } from './cost-of-hours.js';
import type { Priced, PriceAtOrder } from './price.js';
import { startedHours } from './started-hours.js';

export type MeterKind = Priced['kind'];

/** How long one thing existed by the provider's own timestamps, and what it was ordered at. A fact: it holds no sum. */
export interface Meter extends Priced {
  /** Id of the machine, or `ip-<project>-<Primary IP>`: one meter each, however often its events arrive. */
  readonly id: string;
  /** Hetzner's number of the server or Primary IP. */
  readonly providerId: string;
  readonly organizationId: string;
  readonly runnerId: string;
  readonly poolId: string;
  /** When it was ordered: decides its price in the book. */
  readonly orderedAt: Date;
  /** What it was ordered at, where that was told; null: only the book can say. */
  readonly priceAtOrder: PriceAtOrder | null;
  readonly startedAt: Date;
  /** Open while it exists. */
  readonly endedAt: Date | null;
  /** A lost answer left the true end uncertain, across an hour's boundary. */
  readonly estimated: boolean;
}

/** The hours that are billed up to now. */
export const meteredHours = (
  { startedAt, endedAt }: Pick<Meter, 'startedAt' | 'endedAt'>,
  now: Date,
): Hours => ({
  start: startedAt,
  count: startedHours(startedAt, endedAt ?? now),
});

/** The end of something of which is known only that it was gone by then: that counts, estimated beyond its first hour. */
export function endBefore(startedAt: Date, goneAt: Date): { endedAt: Date; estimated: boolean } {
  const endedAt = goneAt < startedAt ? startedAt : goneAt;
  return { endedAt, estimated: startedHours(startedAt, endedAt) > 1 };
}

/**
 * Where the true end lies between the last sighting and the first absence, the last sighting counts; the meter is
 * estimated only where that choice changes the number of started hours.
 */
export function endBetween(
  startedAt: Date,
  lastSeenAt: Date,
  goneAt: Date,
): { endedAt: Date; estimated: boolean } {
  const from = lastSeenAt < startedAt ? startedAt : lastSeenAt;
  const estimated = startedHours(startedAt, from) !== startedHours(startedAt, goneAt);
  return { endedAt: estimated ? from : goneAt, estimated };
}
