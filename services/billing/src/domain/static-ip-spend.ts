import { billingMonthOf, windowOf } from './billing-month.js';
import { costOfHours } from './cost-of-hours.js';
import type { Meter } from './meter.js';
import { costWithin } from './metered-cost.js';
import { priceOfMeter } from './price-of-meter.js';
import { priceAt, type Price, type PriceBook } from './price.js';
import type { Window } from './window.js';

/** The static IP that a runner is to get: what was asked and granted, from before its order until it is there. */
export interface StaticIpSpend {
  readonly runnerId: string;
  readonly organizationId: string;
  readonly poolId: string;
  readonly hetznerProjectId: string;
  /** In which of them it will be is known only once it is there. */
  readonly allowedLocations: readonly string[];
  /** Number of what it asks; 0 while no budget has made it ask. */
  readonly question: number;
  /** The last question that was granted; 0: none. */
  readonly questionGranted: number;
  /** Since when it is awaited, or promised: it is reckoned as if it existed since then. */
  readonly since: Date;
  /** It is there, and metered, or there will be none, unless it is told of anew. */
  readonly over: boolean;
}

/** Whether it may come to cost money whatever is decided from now on: it was granted, or ordered before a budget held. */
export const isHeld = ({ question, questionGranted, over }: StaticIpSpend): boolean =>
  !over && (question === 0 || question === questionGranted);

/**
 * What a static IP that is not there yet will cost within a window, in micro-units. It is kept for as long as its runner
 * lives, so that costs no more than an address of the same day costs. `undefined` while its price is unknown.
 */
export function costOfAwaitedIp(spend: StaticIpSpend, window: Window, prices: PriceBook): bigint | undefined {
  const price = dearest(spend, prices);
  return price && costOfHours({ start: spend.since, count: Infinity }, price, window);
}

/** Whether more was held for it than it will cost in the month in which it came. */
export function ipLeavesRoom(spend: StaticIpSpend, meter: Meter, prices: PriceBook): boolean {
  const month = windowOf(billingMonthOf(meter.startedAt));
  const price = priceOfMeter(meter, prices);
  const held = costOfAwaitedIp(spend, month, prices);
  return price !== undefined && held !== undefined && costWithin({ meter, price }, month, month.to) < held;
}

/** While nobody knows which of the allowed locations has an address left, the dearest one counts. */
function dearest({ hetznerProjectId, allowedLocations, since }: StaticIpSpend, prices: PriceBook) {
  return allowedLocations
    .map((location) =>
      priceAt(prices({ kind: 'static-ip', hetznerProjectId, location, type: 'ipv4' }), since),
    )
    .reduce<Price | undefined>(
      (most, one) => (one && (!most || one.hourlyMicros > most.hourlyMicros) ? one : most),
      undefined,
    );
}
