import { z } from 'zod';
import { beginAction, doneAction, finishLater, networkResource, serverResource } from '../actions.js';
import { ApiError, invalidInput, notFound } from '../api-error.js';
import { requirePlace } from '../placement.js';
import { privateAddress, requireAddress } from '../private-addresses.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import type { Action } from '../state.js';
import { actionBody } from '../wire/action-body.js';
import { idField, readBody } from '../wire/body.js';
import type { World } from '../world.js';
import { findServer, freeServer, requireStopped } from './find-server.js';

const attachment = z.object({
  network: idField,
  ip: z.string().optional(),
  alias_ips: z.array(z.string()).default([]),
});
const aliases = z.object({ network: idField, alias_ips: z.array(z.string()) });
const detachment = z.object({ network: idField });
const membership = z.object({ placement_group: idField });

const answer = (id: number, action: Action): Answer => ({
  status: 201,
  body: { action: actionBody(action) },
  resourceId: id,
});

function attach(world: World, { project, params, body }: ApiRequest): Answer {
  const wanted = readBody(attachment, body);
  const server = freeServer(world, project, params.id);
  const network = project.networks[wanted.network];
  if (!network) throw invalidInput({ network: 'network not found' });
  const place = { location: server.location, others: server.networks };
  const { ip } = privateAddress(project, network, place, wanted.ip);
  server.networks.push({ networkId: network.id, ip, aliasIps: wanted.alias_ips, attached: false });
  const resources = [serverResource(server.id), networkResource(network.id)];
  const action = beginAction(world, project, 'attach_to_network', ...resources);
  return answer(server.id, finishLater(world, project, action, world.latency.attachNetwork()));
}

function detach(world: World, { project, params, body }: ApiRequest): Answer {
  const { network: networkId } = readBody(detachment, body);
  const server = freeServer(world, project, params.id);
  if (!server.networks.some((each) => each.networkId === networkId)) throw notFound('network', networkId);
  const resources = [serverResource(server.id), networkResource(networkId)];
  const action = beginAction(world, project, 'detach_from_network', ...resources);
  return answer(server.id, finishLater(world, project, action, world.latency.attachNetwork()));
}

function changeAliases(world: World, { project, params, body }: ApiRequest): Answer {
  const { network: networkId, alias_ips: aliasIps } = readBody(aliases, body);
  const server = freeServer(world, project, params.id);
  const own = server.networks.find((each) => each.networkId === networkId);
  const network = project.networks[networkId];
  if (!own || !network) throw invalidInput({ network: 'the server is not attached to this network' });
  for (const ip of aliasIps) requireAddress(project, network, server.location, ip);
  own.aliasIps = aliasIps;
  const resources = [serverResource(server.id), networkResource(networkId)];
  return answer(server.id, doneAction(world, project, 'change_alias_ips', ...resources));
}

function join(world: World, { project, params, body }: ApiRequest): Answer {
  const { placement_group: groupId } = readBody(membership, body);
  const server = freeServer(world, project, params.id);
  requireStopped(server);
  const group = project.placementGroups[groupId];
  if (!group) throw invalidInput({ placement_group: 'placement group not found' });
  if (server.placementGroupId !== null)
    throw new ApiError(422, 'already_in_placement_group', 'the server is already in a placement group');
  requirePlace(project, group);
  server.placementGroupId = group.id;
  return answer(server.id, doneAction(world, project, 'add_to_placement_group', serverResource(server.id)));
}

function leave(world: World, { project, params }: ApiRequest): Answer {
  const server = findServer(project, params.id);
  server.placementGroupId = null;
  const action = doneAction(world, project, 'remove_from_placement_group', serverResource(server.id));
  return answer(server.id, action);
}

const path = (verb: string): string => `/servers/{id}/actions/${verb}`;

/** The networks and the placement group that a server belongs to. */
export const serverMembershipRoutes: readonly Route[] = [
  {
    operation: 'attach_server_to_network',
    method: 'POST',
    path: path('attach_to_network'),
    handle: attach,
  },
  {
    operation: 'detach_server_from_network',
    method: 'POST',
    path: path('detach_from_network'),
    handle: detach,
  },
  {
    operation: 'change_server_alias_ips',
    method: 'POST',
    path: path('change_alias_ips'),
    handle: changeAliases,
  },
  {
    operation: 'add_server_to_placement_group',
    method: 'POST',
    path: path('add_to_placement_group'),
    handle: join,
  },
  {
    operation: 'remove_server_from_placement_group',
    method: 'POST',
    path: path('remove_from_placement_group'),
    handle: leave,
  },
];
