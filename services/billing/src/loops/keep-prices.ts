import type { Loop } from '@cleanroom/kernel';
import { readPrices } from '../actions/read-prices.js';
import type { BillingPorts } from '../ports.js';

/** Reads the prices of each Hetzner project again from time to time. */
export const keepPrices: Loop<BillingPorts> = { table: 'price_reading', step: readPrices };
