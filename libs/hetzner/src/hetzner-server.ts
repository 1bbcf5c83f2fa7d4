import { z } from 'zod';
import { hetznerInstant } from './hetzner-action.js';

/** Hetzner's object behind a machine. */
export interface HetznerServer {
  readonly id: number;
  readonly name: string;
  /** running, initializing, starting, stopping, off, deleting, migrating, rebuilding or unknown. */
  readonly status: string;
  /** The instant from which its hours are counted. */
  readonly created: Date;
  readonly labels: Readonly<Record<string, string>>;
  /** Whether an action runs on it that excludes others. */
  readonly locked: boolean;
  /** Name of the server type, such as `cx23`. */
  readonly serverType: string;
  /** Name of the location, such as `fsn1`. */
  readonly location: string;
  /** Name of the image; absent for unnamed snapshots. */
  readonly image: string | undefined;
  readonly ipv4: { readonly primaryIpId: number; readonly address: string } | undefined;
  readonly firewalls: readonly { readonly id: number; readonly status: 'applied' | 'pending' }[];
}

const publicNet = z.object({
  ipv4: z.object({ id: z.int(), ip: z.string() }).nullish(),
  firewalls: z.array(z.object({ id: z.int(), status: z.enum(['applied', 'pending']) })).default([]),
});

export const hetznerServer = z
  .object({
    id: z.int(),
    name: z.string(),
    status: z.string(),
    created: hetznerInstant,
    labels: z.record(z.string(), z.string()),
    locked: z.boolean(),
    server_type: z.object({ name: z.string() }),
    location: z.object({ name: z.string() }),
    image: z.object({ name: z.string().nullish() }).nullish(),
    public_net: publicNet,
  })
  .transform(({ server_type, location, image, public_net, ...same }): HetznerServer => ({
    ...same,
    serverType: server_type.name,
    location: location.name,
    image: image?.name ?? undefined,
    ipv4: public_net.ipv4 ? { primaryIpId: public_net.ipv4.id, address: public_net.ipv4.ip } : undefined,
    firewalls: public_net.firewalls,
  }));

/** An order. Everything that makes the machine ours and safe goes into it, so that no second call can get lost. */
export interface ServerOrder {
  /** Unique in the project: the idempotency key of the order. */
  readonly name: string;
  readonly serverType: string;
  readonly location: string;
  /** Name of a system image, such as `debian-12`. */
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  /** At most 32 KiB. Readable by every process of the machine. */
  readonly userData: string;
  /** At least one: without a key Hetzner makes a root password and mails it. */
  readonly sshKeyIds: readonly [number, ...number[]];
  /** In force before the first packet. */
  readonly firewallIds: readonly number[];
  /** The machine's only address; IPv6 stays off. */
  readonly primaryIpv4Id: number;
}

/** The wire form of an order. */
export const serverOrderBody = (order: ServerOrder): object => ({
  name: order.name,
  server_type: order.serverType,
  location: order.location,
  image: order.image,
  labels: order.labels,
  user_data: order.userData,
  ssh_keys: order.sshKeyIds,
  firewalls: order.firewallIds.map((firewall) => ({ firewall })),
  start_after_create: true,
  public_net: { enable_ipv4: true, enable_ipv6: false, ipv4: order.primaryIpv4Id, ipv6: null },
});
