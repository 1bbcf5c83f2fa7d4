import { z } from 'zod';
import { invalidInput, nameTaken } from '../api-error.js';
import { isServerName, renameServer } from '../census.js';
import type { Route } from '../route.js';
import { labelsField, readBody } from '../wire/body.js';
import { page } from '../wire/page.js';
import { serverBody } from '../wire/server-body.js';
import { secondOf } from '../world.js';
import { followSelectors } from './firewall-selectors.js';
import { findServer } from './find-server.js';
import { isHostName } from './host-name.js';

const change = z.object({ name: z.string().optional(), labels: labelsField.optional() });

/** Reading and renaming servers. */
export const serverRoutes: readonly Route[] = [
  {
    operation: 'list_servers',
    method: 'GET',
    path: '/servers',
    handle: (world, request) =>
      page(request, 'servers', Object.values(request.project.servers), (server) =>
        serverBody(world, request.project, server),
      ),
  },
  {
    operation: 'get_server',
    method: 'GET',
    path: '/servers/{id}',
    handle: (world, { project, params }) => {
      const server = findServer(project, params.id);
      return { status: 200, body: { server: serverBody(world, project, server) }, resourceId: server.id };
    },
  },
  {
    operation: 'update_server',
    method: 'PUT',
    path: '/servers/{id}',
    handle: (world, { project, params, body }) => {
      const server = findServer(project, params.id);
      const { name, labels } = readBody(change, body);
      if (name !== undefined && name !== server.name) {
        if (!isHostName(name)) throw invalidInput({ name: 'must be a valid hostname' });
        if (isServerName(project, name)) throw nameTaken('server');
        renameServer(project, server, name);
      }
      if (labels) {
        server.labels = labels;
        world.ledger.relabelled('server', server.id, secondOf(world), labels);
        followSelectors(world, project, server);
      }
      return { status: 200, body: { server: serverBody(world, project, server) }, resourceId: server.id };
    },
  },
];
