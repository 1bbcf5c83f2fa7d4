import { costOfHours } from './cost-of-hours.js';
import { meteredHours, type Meter } from './meter.js';
import { priceAt, type Price, type PriceBook } from './price.js';
import type { Window } from './window.js';

/** What decides how cheaply a pool's runners could stay on. */
export interface PoolTypes {
  readonly serverTypes: readonly string[];
}

/** A runner's place and the machine that would have filled it all the time. */
export interface AlwaysOn {
  readonly place: Meter;
  readonly serverType: string;
  readonly price: Price;
}

/**
 * What saving is measured against: on every static IP, from its lease to its release, one machine of the cheapest type
 * that the pool lists, never off, ordered when the IP was. `undefined` where the provider offers none of them there:
 * nothing could have been on.
 */
export function alwaysOn(place: Meter, { serverTypes }: PoolTypes, prices: PriceBook): AlwaysOn | undefined {
  let cheapest: AlwaysOn | undefined;
  for (const serverType of serverTypes) {
    const price = priceAt(prices({ ...place, kind: 'machine', type: serverType }), place.orderedAt);
    if (price && (!cheapest || price.hourlyMicros < cheapest.price.hourlyMicros))
      cheapest = { place, serverType, price };
  }
  return cheapest;
}

/** What such a machine would have cost within a window, up to now, in micro-units. */
export const alwaysOnWithin = ({ place, price }: AlwaysOn, window: Window, now: Date): bigint =>
  costOfHours(meteredHours(place, now), price, window);
