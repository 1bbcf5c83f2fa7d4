import { costOfHours } from './cost-of-hours.js';
import { meteredHours, type Meter } from './meter.js';
import { priceOfMeter } from './price-of-meter.js';
import type { Price, PriceBook } from './price.js';
import type { Window } from './window.js';

/** A meter and the price that its thing was ordered at. */
export interface PricedMeter {
  readonly meter: Meter;
  readonly price: Price;
}

/**
 * Finds the price of each meter; `undefined` where one is not known, for a part of a sum would be a wrong sum.
 */
export function priced(meters: readonly Meter[], prices: PriceBook): PricedMeter[] | undefined {
  const found: PricedMeter[] = [];
  for (const meter of meters) {
    const price = priceOfMeter(meter, prices);
    if (!price) return undefined;
    found.push({ meter, price });
  }
  return found;
}

/** What a metered thing cost within a window, up to now, in micro-units. */
export const costWithin = ({ meter, price }: PricedMeter, window: Window, now: Date): bigint =>
  costOfHours(meteredHours(meter, now), price, window);
