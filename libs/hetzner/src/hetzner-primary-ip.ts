import { z } from 'zod';
import { hetznerInstant } from './hetzner-action.js';

/** A static address that lives in one location and is billed as long as it exists. */
export interface HetznerPrimaryIp {
  readonly id: number;
  readonly name: string;
  readonly type: 'ipv4' | 'ipv6';
  readonly address: string;
  readonly location: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly created: Date;
  /** The server that holds it; a released address has none only once its release is complete. */
  readonly assigneeId: number | undefined;
  /** Whether it dies with its server. */
  readonly autoDelete: boolean;
  readonly deleteProtected: boolean;
}

export const hetznerPrimaryIp = z
  .object({
    id: z.int(),
    name: z.string(),
    type: z.enum(['ipv4', 'ipv6']),
    ip: z.string(),
    location: z.object({ name: z.string() }),
    labels: z.record(z.string(), z.string()),
    created: hetznerInstant,
    assignee_id: z.int().nullish(),
    auto_delete: z.boolean(),
    protection: z.object({ delete: z.boolean() }),
  })
  .transform(({ ip, location, assignee_id, auto_delete, protection, ...same }): HetznerPrimaryIp => ({
    ...same,
    address: ip,
    location: location.name,
    assigneeId: assignee_id ?? undefined,
    autoDelete: auto_delete,
    deleteProtected: protection.delete,
  }));

/** A new IPv4 address that outlives every server that it will be given to. */
export interface PrimaryIpOrder {
  /** Unique in the project. */
  readonly name: string;
  readonly location: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The wire form of an order. */
export const primaryIpOrderBody = ({ name, location, labels }: PrimaryIpOrder): object => ({
  name,
  location,
  labels,
  type: 'ipv4',
  auto_delete: false,
});

/** What may be changed of an address; labels replace all labels. */
export interface PrimaryIpChange {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly autoDelete?: boolean;
}

/** The wire form of a change. */
export const primaryIpChangeBody = ({ name, labels, autoDelete }: PrimaryIpChange): object => ({
  name,
  labels,
  auto_delete: autoDelete,
});
