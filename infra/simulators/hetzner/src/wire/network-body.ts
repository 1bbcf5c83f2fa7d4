import { ipv4Range, ipv4Text } from '../ipv4-range.js';
import type { Network, Project } from '../state.js';
import { instant } from './instant.js';

/** A network in its wire form. */
export const networkBody = (project: Project, network: Network): object => ({
  id: network.id,
  name: network.name,
  ip_range: network.ipRange,
  subnets: network.subnets.map(({ type, ipRange, networkZone }) => ({
    type,
    ip_range: ipRange,
    network_zone: networkZone,
    gateway: gatewayOf(network),
    vswitch_id: null,
  })),
  routes: network.routes ?? [],
  servers: Object.values(project.servers)
    .filter(({ networks }) =>
      networks.some(({ networkId, attached }) => attached && networkId === network.id),
    )
    .map(({ id }) => id),
  load_balancers: [],
  protection: { delete: network.deleteProtected },
  labels: network.labels,
  created: instant(network.created),
  expose_routes_to_vswitch: false,
});

/** The first address of the whole range. */
export const gatewayOf = ({ ipRange }: Network): string => ipv4Text((ipv4Range(ipRange)?.first ?? 0) + 1);
