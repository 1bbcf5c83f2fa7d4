import { z } from 'zod';
import { concerns } from '../actions.js';
import { inConflict, invalidInput, isProtected, nameTaken, notFound } from '../api-error.js';
import { isPrivate, sizeOf } from '../ipv4-range.js';
import { requireRange } from '../private-addresses.js';
import { requireQuota } from '../quota.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import type { Network, Project } from '../state.js';
import { labelsField, readBody } from '../wire/body.js';
import { networkBody } from '../wire/network-body.js';
import { page } from '../wire/page.js';
import { secondOf, takeId, type World } from '../world.js';
import { addSubnet, subnetField } from './network-subnets.js';

/** A /24. */
const SMALLEST = 256;

const name = z.string().min(1).max(128);
const order = z.object({
  name,
  ip_range: z.string(),
  labels: labelsField.default({}),
  subnets: z.array(subnetField).default([]),
});
const change = z.object({ name: name.optional(), labels: labelsField.optional() });

function createNetwork(world: World, { project, body }: ApiRequest): Answer {
  const wanted = readBody(order, body);
  requireFreeName(project, wanted.name);
  const range = requireRange(wanted.ip_range, 'ip_range');
  if (!isPrivate(range)) throw invalidInput({ ip_range: 'must be a private range of RFC 1918' });
  if (sizeOf(range) < SMALLEST) throw invalidInput({ ip_range: 'must be at least a /24' });
  requireQuota(world, project, 'networks');
  const network: Network = {
    id: takeId(world),
    name: wanted.name,
    ipRange: wanted.ip_range,
    subnets: [],
    labels: wanted.labels,
    created: secondOf(world),
    deleteProtected: false,
  };
  for (const subnet of wanted.subnets) addSubnet(network, subnet);
  project.networks[network.id] = network;
  world.ledger.otherBegan('network', project.name, network);
  return answer(201, project, network);
}

function updateNetwork(_world: World, { project, params, body }: ApiRequest): Answer {
  const network = findNetwork(project, params.id);
  requireNoChange(project, network);
  const wanted = readBody(change, body);
  if (wanted.name !== undefined && wanted.name !== network.name) {
    requireFreeName(project, wanted.name);
    network.name = wanted.name;
  }
  network.labels = wanted.labels ?? network.labels;
  return answer(200, project, network);
}

/** What is attached is detached with it. */
function deleteNetwork(world: World, { project, params }: ApiRequest): Answer {
  const network = findNetwork(project, params.id);
  if (network.deleteProtected) throw isProtected('network');
  for (const server of Object.values(project.servers)) {
    server.networks = server.networks.filter(({ networkId }) => networkId !== network.id);
  }
  delete project.networks[network.id];
  world.ledger.otherEnded(network.id, secondOf(world));
  return { status: 204, resourceId: network.id };
}

/** The network that a path names. Throws 404. */
export function findNetwork(project: Project, id: string | undefined): Network {
  const network = project.networks[id ?? ''];
  if (!network) throw notFound('network', id ?? '');
  return network;
}

/** Throws 409 while the network itself is changed; that servers come and go is no change of it. */
export function requireNoChange(project: Project, { id }: Network): void {
  const running = project.running.flatMap((actionId) => project.actions[actionId] ?? []);
  const own = running.filter((action) => concerns(action, 'network', id));
  if (own.some(({ resources }) => resources.length === 1)) throw inConflict();
}

const answer = (status: 200 | 201, project: Project, network: Network): Answer => ({
  status,
  body: { network: networkBody(project, network) },
  resourceId: network.id,
});

function requireFreeName(project: Project, wanted: string): void {
  if (Object.values(project.networks).some((network) => network.name === wanted)) throw nameTaken('network');
}

/** Private networks, as far as a server's order needs them. */
export const networkRoutes: readonly Route[] = [
  {
    operation: 'list_networks',
    method: 'GET',
    path: '/networks',
    handle: (_world, request) =>
      page(request, 'networks', Object.values(request.project.networks), (network) =>
        networkBody(request.project, network),
      ),
  },
  { operation: 'create_network', method: 'POST', path: '/networks', handle: createNetwork },
  {
    operation: 'get_network',
    method: 'GET',
    path: '/networks/{id}',
    handle: (_world, { project, params }) => answer(200, project, findNetwork(project, params.id)),
  },
  { operation: 'update_network', method: 'PUT', path: '/networks/{id}', handle: updateNetwork },
  { operation: 'delete_network', method: 'DELETE', path: '/networks/{id}', handle: deleteNetwork },
];
