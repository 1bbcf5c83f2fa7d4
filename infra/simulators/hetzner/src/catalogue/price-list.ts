import { z } from 'zod';
import type { ServerType } from './server-types.js';

const decimal = z.string().regex(/^\d{1,6}(\.\d{1,4})?$/, 'must be a decimal of at most four places');

/** Body of `PUT /_sim/prices`: new net prices in euros, by the name of the server type. */
export const priceChange = z.record(z.string(), z.strictObject({ hourly: decimal, monthly: decimal }));

/** Net, in euros, without an IPv4 address. */
export interface Price {
  readonly hourly: string;
  readonly monthly: string;
}

/** What new orders and rescaled servers pay now; what exists keeps the price of its own order. */
export class PriceList {
  /** @param changed what the admin API changed, kept with the state */
  constructor(private readonly changed: Record<string, Price> = {}) {}

  change(prices: z.output<typeof priceChange>): void {
    Object.assign(this.changed, prices);
  }

  of({ name, hourly, monthly }: ServerType): Price {
    return this.changed[name] ?? { hourly, monthly };
  }

  shown(): object {
    return this.changed;
  }
}
