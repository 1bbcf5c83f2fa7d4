import { z } from 'zod';
import { beginAction, finishLater, serverResource } from '../actions.js';
import { ApiError } from '../api-error.js';
import type { ServerType } from '../catalogue/server-types.js';
import { dedicatedCores, requireQuota } from '../quota.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import type { Server } from '../state.js';
import { actionBody } from '../wire/action-body.js';
import { idOrName, readBody } from '../wire/body.js';
import { serverTypeNamed } from '../wire/server-type-body.js';
import type { World } from '../world.js';
import { freeServer, requireStopped } from './find-server.js';
import { requireStock, typeFor } from './server-order.js';

const wish = z.object({ server_type: idOrName, upgrade_disk: z.boolean() });

/** A rescaled server pays what new orders pay: the price that it had kept is lost. */
function changeType(world: World, { project, params, body }: ApiRequest): Answer {
  const wanted = readBody(wish, body);
  const server = freeServer(world, project, params.id);
  const type = typeFor(wanted.server_type);
  requireStopped(server);
  requireFitting(server, type);
  requireStock(world, type, server.location);
  const more = dedicatedCores(type.name) - dedicatedCores(server.type);
  requireQuota(world, project, 'dedicatedCores', Math.max(0, more));
  server.typeBefore = { type: server.type, diskGb: server.diskGb };
  server.type = type.name;
  if (wanted.upgrade_disk) server.diskGb = type.disk;
  server.status = 'migrating';
  const action = beginAction(world, project, 'change_server_type', serverResource(server.id));
  finishLater(world, project, action, world.latency.changeType());
  world.ledger.serverRescaled(server.id, { at: action.started, type: type.name, ...world.prices.of(type) });
  return { status: 201, body: { action: actionBody(action) }, resourceId: server.id };
}

function requireFitting(server: Server, type: ServerType): void {
  const fits =
    type.name !== server.type &&
    type.architecture === serverTypeNamed(server.type).architecture &&
    type.disk >= server.diskGb;
  if (!fits) throw new ApiError(422, 'invalid_server_type', 'the server type does not fit for this server');
}

export const changeTypeRoutes: readonly Route[] = [
  {
    operation: 'change_server_type',
    method: 'POST',
    path: '/servers/{id}/actions/change_type',
    handle: changeType,
  },
];
