import { z } from 'zod';

export interface HetznerLocation {
  readonly id: number;
  readonly name: string;
  readonly city: string;
  /** ISO 3166, two letters. */
  readonly country: string;
  readonly networkZone: string;
}

export const hetznerLocation = z
  .object({ id: z.int(), name: z.string(), city: z.string(), country: z.string(), network_zone: z.string() })
  .transform(({ network_zone, ...same }): HetznerLocation => ({ ...same, networkZone: network_zone }));

/** Decimal strings as Hetzner quotes them, with up to 16 places. */
export interface HetznerPrice {
  readonly location: string;
  readonly hourly: { readonly net: string; readonly gross: string };
  /** The most that a calendar month can cost. */
  readonly monthly: { readonly net: string; readonly gross: string };
}

const amount = z.object({ net: z.string(), gross: z.string() });
const price = z
  .object({ location: z.string(), price_hourly: amount, price_monthly: amount })
  .transform(({ location, price_hourly, price_monthly }): HetznerPrice => ({
    location,
    hourly: price_hourly,
    monthly: price_monthly,
  }));

export interface HetznerServerType {
  readonly id: number;
  readonly name: string;
  readonly cores: number;
  /** GB. */
  readonly memory: number;
  /** GB. */
  readonly disk: number;
  readonly architecture: 'x86' | 'arm';
  readonly cpuType: 'shared' | 'dedicated';
  /** Where it is offered. `available` is a hint that is wrong in both directions: only an order tells. */
  readonly locations: readonly {
    readonly name: string;
    readonly available: boolean;
    readonly deprecated: boolean;
  }[];
  readonly prices: readonly HetznerPrice[];
}

const offeredIn = z
  .object({ name: z.string(), available: z.boolean().default(true), deprecation: z.unknown() })
  .transform(({ name, available, deprecation }) => ({ name, available, deprecated: Boolean(deprecation) }));

export const hetznerServerType = z
  .object({
    id: z.int(),
    name: z.string(),
    cores: z.number(),
    memory: z.number(),
    disk: z.number(),
    architecture: z.enum(['x86', 'arm']),
    cpu_type: z.enum(['shared', 'dedicated']),
    locations: z.array(offeredIn).default([]),
    prices: z.array(price),
  })
  .transform(({ cpu_type, ...same }): HetznerServerType => ({ ...same, cpuType: cpu_type }));

/** What a server's disk can begin as. */
export interface HetznerImage {
  readonly id: number;
  /** Only what Hetzner made has one; the same name may stand for an image of each architecture. */
  readonly name: string | null;
  readonly architecture: 'x86' | 'arm';
}

export const hetznerImage = z.object({
  id: z.int(),
  name: z.string().nullable(),
  architecture: z.enum(['x86', 'arm']),
}) satisfies z.ZodType<HetznerImage>;

export interface HetznerPricing {
  /** ISO 4217; the account's. */
  readonly currency: string;
  /** Per cent, as a decimal string. */
  readonly vatRate: string;
  readonly serverTypes: readonly { readonly name: string; readonly prices: readonly HetznerPrice[] }[];
  readonly primaryIps: readonly { readonly type: string; readonly prices: readonly HetznerPrice[] }[];
}

export const hetznerPricing = z
  .object({
    currency: z.string(),
    vat_rate: z.string(),
    server_types: z.array(z.object({ name: z.string(), prices: z.array(price) })),
    primary_ips: z.array(z.object({ type: z.string(), prices: z.array(price) })),
  })
  .transform(({ currency, vat_rate, server_types, primary_ips }): HetznerPricing => ({
    currency,
    vatRate: vat_rate,
    serverTypes: server_types,
    primaryIps: primary_ips,
  }));
