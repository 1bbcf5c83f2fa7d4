import { beginAction, endAction, finishLater, serverResource } from '../actions.js';
import { removePrimaryIp } from '../addresses.js';
import { strikeServer } from '../census.js';
import { dedicatedCores, holdQuota } from '../quota.js';
import { runningActionsOf } from '../running-actions.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import type { Action, Project, Server } from '../state.js';
import { actionBody } from '../wire/action-body.js';
import { secondOf, type World } from '../world.js';
import { findServer, freeServer, requireUnprotected } from './find-server.js';
import { powerDown } from './server-power.js';

function deleteServer(world: World, { project, params }: ApiRequest): Answer {
  const found = findServer(project, params.id);
  // One that hangs, in its creation or in another action, is locked for ever, but for this.
  const hangs = found.stuck || runningActionsOf(project, found.id).some(({ stuck }) => stuck);
  const server = hangs && found.status !== 'deleting' ? found : freeServer(world, project, params.id);
  requireUnprotected(server, 'delete');
  powerDown(world, server);
  server.status = 'deleting';
  for (const action of runningActionsOf(project, server.id)) {
    endAction(world, project, action, { code: 'action_failed', message: 'the server was deleted' });
  }
  const action = beginAction(world, project, 'delete_server', serverResource(server.id));
  finishLater(world, project, action, world.latency.deleteServer());
  world.ledger.serverLeaves(server.id, action.started);
  return { status: 200, body: { action: actionBody(action) }, resourceId: server.id };
}

/**
 * What the end of the deletion leaves: addresses that live on are free a little later, the others are gone. The bill
 * ends with it, at the instant that the action tells.
 */
export function removeServer(world: World, project: Project, server: Server, { finished }: Action): void {
  strikeServer(project, server);
  world.ledger.serverEnded(server.id, finished ?? secondOf(world));
  holdQuota(world, project, 'servers');
  holdQuota(world, project, 'dedicatedCores', dedicatedCores(server.type));
  for (const firewall of Object.values(project.firewalls)) {
    firewall.appliedTo = firewall.appliedTo.filter(
      (target) => target.type !== 'server' || target.serverId !== server.id,
    );
  }
  for (const ip of Object.values(project.primaryIps).filter(({ assigneeId }) => assigneeId === server.id)) {
    if (ip.autoDelete) {
      removePrimaryIp(world, project, ip);
      continue;
    }
    const release = { kind: 'release-primary-ip', project: project.name, primaryIpId: ip.id } as const;
    world.tasks.plan(release, world.latency.releasePrimaryIp());
  }
}

export const deleteServerRoutes: readonly Route[] = [
  { operation: 'delete_server', method: 'DELETE', path: '/servers/{id}', handle: deleteServer },
];
