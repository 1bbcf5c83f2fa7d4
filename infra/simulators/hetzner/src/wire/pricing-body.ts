import type { PriceList } from '../catalogue/price-list.js';
import { offeredLocations } from '../catalogue/locations.js';
import {
  amount,
  CURRENCY,
  pricesPerLocation,
  primaryIpPrice,
  serverPrices,
  VAT_RATE,
} from '../catalogue/prices.js';
import { serverTypes } from '../catalogue/server-types.js';

/** The price list in its wire form. */
export const pricingBody = (prices: PriceList): object => ({
  currency: CURRENCY,
  vat_rate: amount(VAT_RATE).net,
  server_types: serverTypes.map((type) => ({
    id: type.id,
    name: type.name,
    prices: serverPrices(prices.of(type)),
  })),
  primary_ips: Object.entries(primaryIpPrice).map(([type, { hourly, monthly }]) => ({
    type,
    prices: pricesPerLocation(hourly, monthly),
  })),
  // Hetzner's own library for Go dies of a list of these that is shorter than that of the Primary IPs.
  floating_ips: ['ipv4', 'ipv6'].map((type) => ({
    type,
    prices: offeredLocations.map((location) => ({ location, price_monthly: amount('3.00') })),
  })),
  floating_ip: { price_monthly: amount('3.00') },
  load_balancer_types: [],
  image: { price_per_gb_month: amount('0.0143') },
  volume: { price_per_gb_month: amount('0.0572') },
  server_backup: { percentage: amount('20.00').net },
});
