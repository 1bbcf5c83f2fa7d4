import { z } from 'zod';
import { beginAction, finishLater, networkResource } from '../actions.js';
import { ApiError, invalidInput } from '../api-error.js';
import { contains, isPrivate } from '../ipv4-range.js';
import { addressesIn, requireRange } from '../private-addresses.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import type { Network, Project } from '../state.js';
import { actionBody } from '../wire/action-body.js';
import { readBody } from '../wire/body.js';
import type { World } from '../world.js';
import { addSubnet, subnetField } from './network-subnets.js';
import { findNetwork, requireNoChange } from './networks.js';

const removal = z.object({ ip_range: z.string() });
const routeField = z.object({ destination: z.string(), gateway: z.string() });
const protection = z.object({ delete: z.boolean().optional() });

const route = (
  operation: string,
  verb: string,
  command: string,
  change: (project: Project, network: Network, body: unknown) => void,
): Route => ({
  operation,
  method: 'POST',
  path: `/networks/{id}/actions/${verb}`,
  handle: (world: World, { project, params, body }: ApiRequest): Answer => {
    const network = findNetwork(project, params.id);
    requireNoChange(project, network);
    change(project, network, body);
    const action = beginAction(world, project, command, networkResource(network.id));
    finishLater(world, project, action, world.latency.changeNetwork());
    return { status: 201, body: { action: actionBody(action) }, resourceId: network.id };
  },
});

function deleteSubnet(project: Project, network: Network, body: unknown): void {
  const { ip_range: text } = readBody(removal, body);
  const range = requireRange(text, 'ip_range');
  const kept = network.subnets.filter(({ ipRange }) => ipRange !== text);
  if (kept.length === network.subnets.length) throw invalidInput({ ip_range: 'subnet not found' });
  if (addressesIn(project, network.id).some((ip) => contains(range, requireRange(`${ip}/32`, 'ip')))) {
    throw new ApiError(422, 'resource_in_use', 'the subnet has attached resources');
  }
  network.subnets = kept;
}

function addRoute(_project: Project, network: Network, body: unknown): void {
  const wanted = readBody(routeField, body);
  requireRange(wanted.destination, 'destination');
  const gateway = requireRange(`${wanted.gateway}/32`, 'gateway');
  if (!contains(requireRange(network.ipRange, 'ip_range'), gateway))
    throw invalidInput({ gateway: 'must be within the range of the network' });
  network.routes = [...(network.routes ?? []), wanted];
}

function deleteRoute(_project: Project, network: Network, body: unknown): void {
  const { destination, gateway } = readBody(routeField, body);
  const before = network.routes ?? [];
  network.routes = before.filter((each) => each.destination !== destination || each.gateway !== gateway);
  if (network.routes.length === before.length) throw invalidInput({ destination: 'route not found' });
}

/** A range is only ever extended at its end. */
function changeRange(_project: Project, network: Network, body: unknown): void {
  const { ip_range: text } = readBody(removal, body);
  const [range, before] = [requireRange(text, 'ip_range'), requireRange(network.ipRange, 'ip_range')];
  if (range.first !== before.first || range.last < before.last || !isPrivate(range))
    throw invalidInput({ ip_range: 'can only be extended, at its end' });
  network.ipRange = text;
}

/** What changes a network: its subnets, routes, range and protection. */
export const networkActionRoutes: readonly Route[] = [
  route('add_network_subnet', 'add_subnet', 'add_subnet', (_project, network, body) =>
    addSubnet(network, readBody(subnetField, body)),
  ),
  route('delete_network_subnet', 'delete_subnet', 'delete_subnet', deleteSubnet),
  route('add_network_route', 'add_route', 'add_route', addRoute),
  route('delete_network_route', 'delete_route', 'delete_route', deleteRoute),
  route('change_network_ip_range', 'change_ip_range', 'change_ip_range', changeRange),
  route('change_network_protection', 'change_protection', 'change_protection', (_project, network, body) => {
    network.deleteProtected = readBody(protection, body).delete ?? network.deleteProtected;
  }),
];
