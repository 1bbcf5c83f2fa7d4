import type { Meter } from './meter.js';
import { priceAt, type Price, type PriceBook } from './price.js';

/**
 * What the thing was ordered at. Its own price counts before the book's, whose readings cannot tell apart two orders
 * between which prices changed within a minute. An order's answer names no currency: that is the book's, so that
 * nothing has a price before the first reading.
 */
export function priceOfMeter(meter: Meter, prices: PriceBook): Price | undefined {
  const found = priceAt(prices(meter), meter.orderedAt);
  return found && { ...found, ...meter.priceAtOrder };
}
