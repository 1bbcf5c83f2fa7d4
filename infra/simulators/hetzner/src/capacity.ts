import { z } from 'zod';

const soldOut = z.object({
  /** A server type, or `*` for all. */
  type: z.string(),
  /** A location, or `*` for all. */
  location: z.string(),
  /** Hetzner has two ways to say it: 412 resource_unavailable, or 422 invalid_input; null: it can be had after all. */
  form: z
    .union([z.literal(412), z.literal(422)])
    .nullable()
    .default(412),
  /** What the list of types says of it, which may be wrong both ways. @default true but for 412 */
  listed: z.boolean().optional(),
  /** Of a 412, in the words of another day. */
  message: z.string().default('error during placement'),
});

const limits = z.object({
  servers: z.int().min(0),
  primaryIps: z.int().min(0),
  dedicatedCores: z.int().min(0),
  firewalls: z.int().min(0),
  sshKeys: z.int().min(0),
  networks: z.int().min(0),
  placementGroups: z.int().min(0),
  requestsPerHour: z.int().min(1),
});

export type Limits = z.infer<typeof limits>;

/** Body of `PUT /_sim/capacity`: what is left out stays as it is. */
export const capacityChange = z.strictObject({
  soldOut: z.array(soldOut).optional(),
  limits: limits.partial().optional(),
});

type SoldOut = z.infer<typeof soldOut>;

/** Plain JSON. */
export interface CapacityChanges {
  soldOut?: SoldOut[];
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

  change({ soldOut, limits: changed }: z.infer<typeof capacityChange>): void {
    if (soldOut) this.changed.soldOut = soldOut;
    this.changed.limits = { ...this.changed.limits, ...changed };
    this.limits = { ...this.given, ...this.changed.limits };
  }

  private get soldOut(): SoldOut[] {
    return this.changed.soldOut ?? [];
  }

  /** How an order of this type here is refused; `undefined` where it can be had. */
  refusal(type: string, location: string): { form: 412 | 422; message: string } | undefined {
    const found = this.entry(type, location);
    return found?.form ? { form: found.form, message: found.message } : undefined;
  }

  /** Whether the list of types says that it can be had. */
  isListed(type: string, location: string): boolean {
    const found = this.entry(type, location);
    return found?.listed ?? found?.form !== 412;
  }

  private entry(type: string, location: string): SoldOut | undefined {
    const matches = (pattern: string, name: string): boolean => pattern === '*' || pattern === name;
    return this.soldOut.find((entry) => matches(entry.type, type) && matches(entry.location, location));
  }

  shown(): object {
    return { soldOut: this.soldOut, limits: this.limits };
  }
}
