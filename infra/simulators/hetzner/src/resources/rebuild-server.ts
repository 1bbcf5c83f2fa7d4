import { z } from 'zod';
import { beginAction, finishLater, serverResource } from '../actions.js';
import { rootPassword } from './root-password.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import { actionBody } from '../wire/action-body.js';
import { idOrName, readBody } from '../wire/body.js';
import { serverTypeNamed } from '../wire/server-type-body.js';
import type { World } from '../world.js';
import { freeServer, requireUnprotected } from './find-server.js';
import { imageFor } from './server-order.js';
import { powerDown } from './server-power.js';

const rebuild = z.object({
  image: idOrName,
  user_data: z
    .string()
    .refine((text) => Buffer.byteLength(text) <= 32 * 1024, 'must be at most 32 KiB')
    .nullish(),
});

function rebuildServer(world: World, { project, params, body }: ApiRequest): Answer {
  const wanted = readBody(rebuild, body);
  const server = freeServer(world, project, params.id);
  requireUnprotected(server, 'rebuild');
  server.image = imageFor(wanted.image, serverTypeNamed(server.type));
  // Left out, the previous user data is used again; given, it stays for later rebuilds too.
  server.userData = wanted.user_data ?? server.userData;
  powerDown(world, server);
  server.disk = {};
  server.status = 'rebuilding';
  const action = beginAction(world, project, 'rebuild_server', serverResource(server.id));
  finishLater(world, project, action, world.latency.rebuildServer());
  world.ledger.serverRebuilt(server.id, action.started);
  const password = server.sshKeyIds.length > 0 ? null : rootPassword(world.random);
  return {
    status: 201,
    resourceId: server.id,
    body: { action: actionBody(action), root_password: password },
  };
}

export const rebuildServerRoutes: readonly Route[] = [
  {
    operation: 'rebuild_server',
    method: 'POST',
    path: '/servers/{id}/actions/rebuild',
    handle: rebuildServer,
  },
];
