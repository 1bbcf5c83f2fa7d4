import type { Loop } from '@cleanroom/kernel';
import type { BillingPorts } from '../ports.js';
import { closeMonths } from './close-months.js';
import { keepPrices } from './keep-prices.js';

/** What this service does by itself. */
export const loops: readonly Loop<BillingPorts>[] = [closeMonths, keepPrices];
