import { z } from 'zod';
import { ApiError, invalidInput, nameTaken } from '../api-error.js';
import { images } from '../catalogue/images.js';
import { isServerName } from '../census.js';
import { locations, offeredLocations } from '../catalogue/locations.js';
import { serverTypes, type ServerType } from '../catalogue/server-types.js';
import { requirePlace } from '../placement.js';
import { privateAddress, type Attachment } from '../private-addresses.js';
import type { Firewall, PrimaryIp, Project, SshKey } from '../state.js';
import { idField, idOrName, labelsField, readBody } from '../wire/body.js';
import type { World } from '../world.js';
import { isHostName } from './host-name.js';

const MOST_USER_DATA = 32 * 1024;
const MOST_FIREWALLS = 5;

const publicNet = z.object({
  enable_ipv4: z.boolean().default(true),
  enable_ipv6: z.boolean().default(true),
  ipv4: idField.nullish(),
  ipv6: idField.nullish(),
});

const order = z.object({
  name: z.string().refine(isHostName, 'must be a valid hostname'),
  server_type: idOrName,
  image: idOrName,
  location: idOrName.nullish(),
  start_after_create: z.boolean().default(true),
  ssh_keys: z.array(idOrName).default([]),
  user_data: z
    .string()
    .default('')
    .refine((text) => Buffer.byteLength(text) <= MOST_USER_DATA, 'must be at most 32 KiB'),
  labels: labelsField.default({}),
  firewalls: z
    .array(z.object({ firewall: idField }))
    .max(MOST_FIREWALLS)
    .default([]),
  networks: z.array(idField).default([]),
  volumes: z.array(idField).default([]),
  placement_group: idField.nullish(),
  public_net: publicNet.default(publicNet.parse({})),
});

/** An order that can be carried out, everything in it looked up. */
export interface CheckedOrder {
  readonly name: string;
  readonly type: ServerType;
  readonly image: string;
  readonly location: string;
  readonly start: boolean;
  readonly sshKeys: readonly SshKey[];
  readonly userData: string;
  readonly labels: Record<string, string>;
  readonly firewalls: readonly Firewall[];
  /** An existing address, a new one, or none. */
  readonly ipv4: PrimaryIp | 'new' | undefined;
  readonly ipv6: PrimaryIp | 'new' | undefined;
  readonly attachments: readonly Attachment[];
  readonly placementGroupId: number | null;
}

/** Reads an order. Throws 4xx where it cannot be carried out, be it for want of stock. */
export function checkOrder(world: World, project: Project, body: unknown): CheckedOrder {
  const wanted = readBody(order, body);
  if (isServerName(project, wanted.name)) throw nameTaken('server');
  const type = typeFor(wanted.server_type);
  const image = imageFor(wanted.image, type);
  const net = wanted.public_net;
  const ipv4 = address(project, 'ipv4', net.enable_ipv4, net.ipv4);
  const ipv6 = address(project, 'ipv6', net.enable_ipv6, net.ipv6);
  const location = placeOf(wanted.location, [ipv4, ipv6]);
  requireStock(world, type, location);
  for (const volume of wanted.volumes) pick([], String(volume), 'volumes');
  const attachments = attachmentsOf(project, wanted.networks, location);
  if (!ipv4 && !ipv6 && attachments.length === 0) {
    throw invalidInput({ public_net: 'a server needs a public address or a network' });
  }
  return {
    name: wanted.name,
    type,
    image,
    location,
    start: wanted.start_after_create,
    sshKeys: wanted.ssh_keys.map((key) => pick(Object.values(project.sshKeys), key, 'ssh_keys')),
    userData: wanted.user_data,
    labels: wanted.labels,
    firewalls: wanted.firewalls.map(({ firewall }) =>
      pick(Object.values(project.firewalls), String(firewall), 'firewalls'),
    ),
    ipv4,
    ipv6,
    attachments,
    placementGroupId: groupFor(project, wanted.placement_group),
  };
}

/** The server type of this id or name. Throws 422. */
export const typeFor = (idOrName: string): ServerType => pick(serverTypes, idOrName, 'server_type');

function attachmentsOf(project: Project, ids: readonly number[], location: string): Attachment[] {
  return ids.map((networkId) => {
    const network = pick(Object.values(project.networks), String(networkId), 'networks');
    return privateAddress(project, network, { location, others: [] });
  });
}

function groupFor(project: Project, id: number | null | undefined): number | null {
  if (id === null || id === undefined) return null;
  const group = pick(Object.values(project.placementGroups), String(id), 'placement_group');
  requirePlace(project, group);
  return group.id;
}

/** The name of the image for this type's architecture. Throws 422. */
export function imageFor(idOrName: string, type: ServerType): string {
  const named = images.filter(({ id, name }) => String(id) === idOrName || name === idOrName);
  if (named.length === 0) throw invalidInput({ image: 'image not found' });
  const fitting = named.find(({ architecture }) => architecture === type.architecture);
  if (!fitting) throw invalidInput({ image: 'image has another architecture than the server type' });
  return fitting.name;
}

function pick<T extends { readonly id: number; readonly name: string }>(
  all: readonly T[],
  idOrName: string,
  field: string,
): T {
  const found = all.find(({ id, name }) => String(id) === idOrName || name === idOrName);
  if (!found) throw invalidInput({ [field]: `'${idOrName}' not found` });
  return found;
}

function address(
  project: Project,
  type: 'ipv4' | 'ipv6',
  enabled: boolean,
  id: number | null | undefined,
): PrimaryIp | 'new' | undefined {
  if (!enabled) return undefined;
  if (id === null || id === undefined) return 'new';
  const ip = project.primaryIps[id];
  if (!ip) throw invalidInput({ [`public_net.${type}`]: `Primary IP '${id}' not found` });
  if (ip.type !== type) {
    throw new ApiError(412, 'primary_ip_version_mismatch', 'the Primary IP has the wrong IP version');
  }
  if (ip.assigneeId !== null)
    throw new ApiError(422, 'primary_ip_assigned', 'the Primary IP is already assigned');
  return ip;
}

/** Where the server will stand: as ordered, else where its address lives. */
function placeOf(ordered: string | null | undefined, addresses: (PrimaryIp | 'new' | undefined)[]): string {
  const own = addresses.filter((address) => typeof address === 'object');
  const name = ordered ? pick(locations, ordered, 'location').name : (own[0]?.location ?? 'fsn1');
  if (own.some(({ location }) => location !== name)) {
    throw new ApiError(422, 'primary_ip_datacenter_mismatch', 'the Primary IP is in a different location');
  }
  return name;
}

/** Throws what Hetzner answers where a type is sold out or never was. */
export function requireStock(world: World, type: ServerType, location: string): void {
  const refusal = world.capacity.refusal(type.name, location);
  // This sentence, and no field, is what was seen live.
  if (refusal?.code === 'invalid_input' || !offeredLocations.includes(location))
    throw new ApiError(422, 'invalid_input', 'unsupported location for server type');
  if (refusal) throw new ApiError(412, 'resource_unavailable', refusal.message);
}
