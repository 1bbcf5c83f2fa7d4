import { offeredLocations } from './locations.js';
import type { Price } from './price-list.js';

/** Per cent. */
export const VAT_RATE = '19.00';
export const CURRENCY = 'EUR';
/** 20 TiB. */
export const INCLUDED_TRAFFIC = 21_990_232_555_520;

/** Net, in euros, for one IPv4 address; IPv6 is free. */
export const primaryIpPrice = {
  ipv4: { hourly: '0.0008', monthly: '0.50' },
  ipv6: { hourly: '0.0000', monthly: '0.00' },
} as const;

export interface Amount {
  readonly net: string;
  readonly gross: string;
}

export interface LocationPrice {
  readonly location: string;
  readonly price_hourly: Amount;
  readonly price_monthly: Amount;
}

export interface ServerPrice extends LocationPrice {
  readonly included_traffic: number;
  readonly price_per_tb_traffic: Amount;
}

const PLACES = 16;
const VAT_BASIS_POINTS = 1900n;

/** Net and gross as the API writes them: sixteen decimals. */
export function amount(net: string): Amount {
  const scaled = scale(net);
  return { net: unscale(scaled), gross: unscale(scaled + (scaled * VAT_BASIS_POINTS) / 10_000n) };
}

/** The same price in every location where the catalogue is offered. */
export const pricesPerLocation = (hourly: string, monthly: string): LocationPrice[] =>
  offeredLocations.map((location) => ({
    location,
    price_hourly: amount(hourly),
    price_monthly: amount(monthly),
  }));

/** Every server in every answer carries its prices; working them out each time would be most of the work. */
const known = new Map<string, readonly ServerPrice[]>();

export function serverPrices({ hourly, monthly }: Price): readonly ServerPrice[] {
  const key = `${hourly} ${monthly}`;
  const found = known.get(key) ?? pricesPerLocation(hourly, monthly).map(withTraffic);
  known.set(key, found);
  return found;
}

const withTraffic = (price: LocationPrice): ServerPrice => ({
  ...price,
  included_traffic: INCLUDED_TRAFFIC,
  price_per_tb_traffic: amount('1.00'),
});

function scale(decimal: string): bigint {
  const [units = '0', fraction = ''] = decimal.split('.');
  return BigInt(units + fraction.padEnd(PLACES, '0'));
}

function unscale(scaled: bigint): string {
  const digits = scaled.toString().padStart(PLACES + 1, '0');
  return `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}
