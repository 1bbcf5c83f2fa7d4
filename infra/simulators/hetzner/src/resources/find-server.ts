import { isLocked } from '../actions.js';
import { ApiError, isProtected, locked, notFound } from '../api-error.js';
import type { Project, Server } from '../state.js';
import type { World } from '../world.js';

/** The server that a path names. Throws 404. */
export function findServer(project: Project, id: string | undefined): Server {
  const server = project.servers[id ?? ''];
  if (!server) throw notFound('server', id ?? '');
  return server;
}

/** A server of which something may be changed that is not its machine. Throws 404, or 423 while it is deleted. */
export function stayingServer(project: Project, id: string | undefined): Server {
  const server = findServer(project, id);
  if (server.status === 'deleting') throw locked('server');
  return server;
}

/** A server that may be acted upon now. Throws 404, or 423 while another action runs on it. */
export function freeServer(world: World, project: Project, id: string | undefined): Server {
  const server = stayingServer(project, id);
  if (isLocked(world, project, server.id)) throw locked('server');
  return server;
}

/** Throws 422 for a server that is not switched off. */
export function requireStopped(server: Server): void {
  if (server.status !== 'off') throw new ApiError(422, 'server_not_stopped', 'server is not stopped');
}

/** Throws 423 where its owner protected the server from this. */
export function requireUnprotected(server: Server, from: 'delete' | 'rebuild'): void {
  if (server.protection[from]) throw isProtected('server');
}
