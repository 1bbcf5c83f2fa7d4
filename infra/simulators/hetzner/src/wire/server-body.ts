import { isLocked } from '../actions.js';
import { images } from '../catalogue/images.js';
import { INCLUDED_TRAFFIC } from '../catalogue/prices.js';
import type { PrivateAddress, Project, Server } from '../state.js';
import type { World } from '../world.js';
import { imageBody } from './image-body.js';
import { instant } from './instant.js';
import { locationBody } from './location-body.js';
import { placementGroupBody } from './placement-group-body.js';
import { reverseRecords } from './primary-ip-body.js';
import { serverTypeBody, serverTypeNamed } from './server-type-body.js';

/** A server in its wire form. User data is never told again. */
export function serverBody(world: World, project: Project, server: Server): object {
  const type = serverTypeNamed(server.type);
  const image = images.find(
    ({ name, architecture }) => name === server.image && architecture === type.architecture,
  );
  const group =
    server.placementGroupId === null ? undefined : project.placementGroups[server.placementGroupId];
  return {
    id: server.id,
    name: server.name,
    status: server.status,
    created: instant(server.created),
    public_net: publicNet(project, server),
    private_net: server.networks.filter(({ attached }) => attached).map(privateNet),
    server_type: serverTypeBody(type, world),
    location: locationBody(server.location),
    image: image ? imageBody(image) : null,
    iso: null,
    rescue_enabled: false,
    locked: isLocked(world, project, server.id),
    backup_window: null,
    outgoing_traffic: 0,
    ingoing_traffic: 0,
    included_traffic: INCLUDED_TRAFFIC,
    protection: server.protection,
    labels: server.labels,
    volumes: [],
    load_balancers: [],
    primary_disk_size: server.diskGb,
    placement_group: group ? placementGroupBody(project, group) : null,
  };
}

const privateNet = ({ networkId, ip, aliasIps }: PrivateAddress): object => ({
  network: networkId,
  ip,
  alias_ips: aliasIps,
  mac_address: macAddress(ip),
});

/** Made of the address, so that no two servers of a network have the same. */
export const macAddress = (ip: string): string =>
  ['86', '00', ...ip.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))].join(':');

function publicNet(project: Project, server: Server): object {
  const ipv4 = server.ipv4 === undefined ? undefined : project.primaryIps[server.ipv4];
  const ipv6 = server.ipv6 === undefined ? undefined : project.primaryIps[server.ipv6];
  return {
    ipv4: ipv4
      ? { id: ipv4.id, ip: ipv4.ip, blocked: false, dns_ptr: reverseRecords(ipv4)[0]?.dns_ptr }
      : null,
    ipv6: ipv6 ? { id: ipv6.id, ip: ipv6.ip, blocked: false, dns_ptr: reverseRecords(ipv6) } : null,
    floating_ips: [],
    firewalls: server.firewalls.map(({ id, status }) => ({ id, status })),
  };
}
