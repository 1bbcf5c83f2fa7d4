import { z } from 'zod';
import type { Stock } from './stock-order.js';

/** Body of `PUT /_sim/limits`: what is left out stays as it is. */
export const limitsOrder = z
  .strictObject({
    servers: z.int().min(0),
    primaryIps: z.int().min(0),
    dedicatedCores: z.int().min(0),
    firewalls: z.int().min(0),
    sshKeys: z.int().min(0),
    networks: z.int().min(0),
    placementGroups: z.int().min(0),
    requestsPerHour: z.int().min(1),
  })
  .partial();

export type Limits = Required<z.infer<typeof limitsOrder>>;

/** What the admin API changed, as plain JSON. */
export interface CapacityChanges {
  /** The first that matches counts. */
  stock?: Stock[];
  limits?: Partial<Limits>;
}

/** What new customers were seen to get; Hetzner publishes no numbers. */
export const defaultLimits: Limits = {
  servers: 10,
  primaryIps: 10,
  dedicatedCores: 8,
  firewalls: 50,
  sshKeys: 100,
  networks: 50,
  placementGroups: 50,
  requestsPerHour: 3_600,
};

/** How much can be had. The limits hold for each project by itself, as if each were an account. */
export class Capacity {
  private readonly given: Limits;
  limits: Limits;

  /** @param changed what the admin API changed, kept with the state */
  constructor(
    given: Partial<Limits> = {},
    private readonly changed: CapacityChanges = {},
  ) {
    this.given = { ...defaultLimits, ...given };
    this.limits = { ...this.given, ...changed.limits };
  }

  limit(changed: Partial<Limits>): void {
    this.changed.limits = { ...this.changed.limits, ...changed };
    this.limits = { ...this.given, ...this.changed.limits };
  }

  /** What it says replaces what was said of the same types and locations. */
  put(stock: Stock): void {
    const others = this.stock.filter(
      ({ serverType, location }) =>
        !covers(stock.serverType, serverType) || !covers(stock.location, location),
    );
    const changesNothing = stock.soldOut === null && stock.listed === undefined && others.length === 0;
    this.changed.stock = changesNothing ? [] : [stock, ...others];
  }

  private get stock(): Stock[] {
    return this.changed.stock ?? [];
  }

  /** How an order of this type here is refused; `undefined` where it can be had. */
  refusal(
    type: string,
    location: string,
  ): { code: NonNullable<Stock['soldOut']>; message: string } | undefined {
    const found = this.entry(type, location);
    return found?.soldOut ? { code: found.soldOut, message: found.message } : undefined;
  }

  /** Whether the list of types says that it can be had. */
  isListed(type: string, location: string): boolean {
    const found = this.entry(type, location);
    return found?.listed ?? found?.soldOut !== 'resource_unavailable';
  }

  private entry(type: string, at: string): Stock | undefined {
    return this.stock.find(({ serverType, location }) => covers(serverType, type) && covers(location, at));
  }

  shown(): object {
    return { stock: this.stock, limits: this.limits };
  }
}

const covers = (pattern: string, name: string): boolean => pattern === '*' || pattern === name;
