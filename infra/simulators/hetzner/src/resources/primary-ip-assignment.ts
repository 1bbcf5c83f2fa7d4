import { ApiError, invalidInput, locked } from '../api-error.js';
import type { Action, PrimaryIp, Project, Server } from '../state.js';
import {
  beginAction,
  concerns,
  finishLater,
  isLocked,
  primaryIpResource,
  serverResource,
} from '../actions.js';
import { actionBody } from '../wire/action-body.js';
import type { World } from '../world.js';

/** A server that can take another address now: switched off, free, and without one of this kind. Throws 422 or 423. */
export function assignableServer(
  world: World,
  project: Project,
  id: number,
  { type, location }: { readonly type: 'ipv4' | 'ipv6'; readonly location: string | undefined },
): Server {
  const server = project.servers[id];
  if (!server) throw invalidInput({ assignee_id: 'server not found' });
  if (isLocked(world, project, server.id)) throw locked('server');
  if (server.status !== 'off') throw new ApiError(422, 'server_not_stopped', 'the server is not stopped');
  if (server[type] !== undefined)
    throw new ApiError(422, `server_has_${type}`, `the server has an ${type} already`);
  if (location !== undefined && server.location !== location) {
    throw new ApiError(422, 'primary_ip_datacenter_mismatch', 'the Primary IP is in a different location');
  }
  return server;
}

/** Begins to give the address to the server, for which it is kept from then on. Returns the action's wire form. */
export function beginAssignment(world: World, project: Project, ip: PrimaryIp, server: Server): object {
  ip.assigneeId = server.id;
  project.servers[server.id] = { ...server, [ip.type]: ip.id };
  return begin(world, project, 'assign_primary_ip', ip, server);
}

/** Begins to take the address from its server, which has it until that is done. Returns the action's wire form. */
export function beginRelease(world: World, project: Project, ip: PrimaryIp): object {
  const server = ip.assigneeId === null ? undefined : project.servers[ip.assigneeId];
  if (!server) throw new ApiError(422, 'primary_ip_not_assigned', 'the Primary IP is not assigned');
  if (isLocked(world, project, server.id)) throw locked('server');
  if (server.status !== 'off') throw new ApiError(422, 'server_not_stopped', 'the server is not stopped');
  return begin(world, project, 'unassign_primary_ip', ip, server);
}

function begin(world: World, project: Project, command: string, ip: PrimaryIp, server: Server): object {
  const resources = [serverResource(server.id), primaryIpResource(ip.id)];
  const action = beginAction(world, project, command, ...resources);
  return actionBody(finishLater(world, project, action, world.latency.assignPrimaryIp()));
}

/** Parts a server from the address that an action is about. */
export function partFromAddress(project: Project, server: Server, action: Action): void {
  for (const ip of Object.values(project.primaryIps).filter(({ id }) => concerns(action, 'primary_ip', id))) {
    ip.assigneeId = null;
    project.servers[server.id] = { ...server, [ip.type]: undefined };
  }
}
