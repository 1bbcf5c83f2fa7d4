import { until } from './simulated-hetzner.js';

interface Identified extends Record<string, number> {
  id: number;
}

/** Asks for an operation by its path in the description. */
export type Call = <T = Record<string, never>>(
  method: string,
  path: string,
  params?: Record<string, number>,
  body?: object,
) => Promise<T>;

/** Waits until a further change of the network is no conflict. */
const unchanging = (call: Call, network: Identified): Promise<unknown> =>
  until(
    () => call<{ actions: { status: string }[] }>('GET', '/networks/{id}/actions', network),
    ({ actions }) => actions.every(({ status }) => status !== 'running'),
  );

/** Goes through everything about networks, placement groups and changes of type, with one server in the midst. */
export async function membershipLife(call: Call, settled: (id: number) => Promise<unknown>): Promise<void> {
  const range = { name: 'n', ip_range: '10.0.0.0/16' };
  const network = (await call<{ network: Identified }>('POST', '/networks', {}, range)).network;
  const zone = { type: 'cloud', network_zone: 'eu-central' };
  await call('POST', '/networks/{id}/actions/add_subnet', network, zone);
  await unchanging(call, network);
  await call('POST', '/networks/{id}/actions/add_subnet', network, { ...zone, ip_range: '10.0.7.0/24' });
  await unchanging(call, network);
  const spread = { name: 'p', type: 'spread' };
  const made = await call<{ placement_group: Identified }>('POST', '/placement_groups', {}, spread);
  const group = made.placement_group;
  const { server } = await call<{ server: Identified }>(
    'POST',
    '/servers',
    {},
    {
      name: 'inside',
      server_type: 'cx23',
      image: 'debian-12',
      location: 'fsn1',
      start_after_create: false,
      networks: [network.id],
      placement_group: group.id,
      public_net: { enable_ipv4: false, enable_ipv6: false },
    },
  );
  const own = { id: server.id };
  await settled(server.id);
  await call('GET', '/servers/{id}', own);
  const aliases = { network: network.id, alias_ips: ['10.0.7.9'] };
  await call('POST', '/servers/{id}/actions/change_alias_ips', own, aliases);
  await call('GET', '/networks');
  await call('GET', '/placement_groups');
  await call('POST', '/servers/{id}/actions/remove_from_placement_group', own);
  const membership = { placement_group: group.id };
  await call('POST', '/servers/{id}/actions/add_to_placement_group', own, membership);
  await call('POST', '/servers/{id}/actions/detach_from_network', own, { network: network.id });
  await settled(server.id);
  await call('POST', '/servers/{id}/actions/attach_to_network', own, { network: network.id });
  await settled(server.id);
  const larger = { server_type: 'cx33', upgrade_disk: false };
  await call('POST', '/servers/{id}/actions/change_type', own, larger);
  await settled(server.id);
  await call('DELETE', '/servers/{id}', own);
  await membershipEnds(call, network, group);
}

async function membershipEnds(call: Call, network: Identified, group: Identified): Promise<void> {
  await call('GET', '/networks/{id}', network);
  await call('PUT', '/networks/{id}', network, { name: 'm' });
  await call('POST', '/networks/{id}/actions/delete_subnet', network, { ip_range: '10.0.7.0/24' });
  await unchanging(call, network);
  await call('POST', '/networks/{id}/actions/change_protection', network, { delete: false });
  await unchanging(call, network);
  const route = { destination: '10.100.1.0/24', gateway: '10.0.0.2' };
  await call('POST', '/networks/{id}/actions/add_route', network, route);
  await unchanging(call, network);
  await call('GET', '/networks/{id}', network);
  await call('POST', '/networks/{id}/actions/delete_route', network, route);
  await unchanging(call, network);
  await call('POST', '/networks/{id}/actions/change_ip_range', network, { ip_range: '10.0.0.0/15' });
  await unchanging(call, network);
  await call('POST', '/networks/{id}/actions/change_ip_range', network, { ip_range: '10.0.0.0/16' });
  await unchanging(call, network);
  await call('GET', '/networks/actions');
  const { actions } = await call<{ actions: Identified[] }>('GET', '/networks/{id}/actions', network);
  const last = actions[0]!.id;
  await call('GET', '/networks/actions/{id}', { id: last });
  await call('GET', '/networks/{id}/actions/{action_id}', { ...network, action_id: last });
  await call('DELETE', '/networks/{id}', network);
  await call('GET', '/placement_groups/{id}', group);
  await call('PUT', '/placement_groups/{id}', group, { name: 'q' });
  await call('DELETE', '/placement_groups/{id}', group);
}
