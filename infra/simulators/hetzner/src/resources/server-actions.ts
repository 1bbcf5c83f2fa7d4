import { z } from 'zod';
import { beginAction, doneAction, finishLater, serverResource } from '../actions.js';
import { ApiError, invalidInput, unsupported } from '../api-error.js';
import { holds, nameAddress, reverseNameField } from '../reverse-names.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import type { Action, Server } from '../state.js';
import { actionBody } from '../wire/action-body.js';
import { readBody } from '../wire/body.js';
import type { World } from '../world.js';
import { findServer, freeServer, stayingServer } from './find-server.js';
import { powerDown } from './server-power.js';

interface PowerCommand {
  readonly operation: string;
  readonly verb: string;
  readonly command: string;
  /** Where a server is in this state already, nothing happens. */
  readonly idle?: Server['status'];
  begin(world: World, server: Server): void;
  delay(world: World): number;
}

const stop = (world: World, server: Server): void => {
  powerDown(world, server);
  server.status = 'stopping';
};

const start = (_world: World, server: Server): void => {
  if (server.ipv4 === undefined && server.ipv6 === undefined && server.networks.length === 0)
    throw new ApiError(422, 'invalid_input', 'the server needs at least one network interface');
  server.status = 'starting';
};

const restart = (world: World, server: Server): void => {
  powerDown(world, server);
  server.status = 'starting';
};

/** Asks the system: one that is off or never booted does not listen. */
const restartSoftly = (world: World, server: Server): void => {
  if (server.status === 'running' && server.guest !== 'absent') restart(world, server);
};

const powerCommands: readonly PowerCommand[] = [
  {
    operation: 'poweron_server',
    verb: 'poweron',
    command: 'start_server',
    idle: 'running',
    begin: start,
    delay: ({ latency }) => latency.startServer(),
  },
  {
    operation: 'poweroff_server',
    verb: 'poweroff',
    command: 'stop_server',
    idle: 'off',
    begin: stop,
    delay: ({ latency }) => latency.stopServer(),
  },
  {
    operation: 'shutdown_server',
    verb: 'shutdown',
    command: 'shutdown_server',
    idle: 'off',
    begin: () => undefined,
    delay: ({ latency }) => latency.signalShutdown(),
  },
  {
    operation: 'reboot_server',
    verb: 'reboot',
    command: 'reboot_server',
    begin: restartSoftly,
    delay: ({ latency }) => latency.startServer(),
  },
  {
    operation: 'reset_server',
    verb: 'reset',
    command: 'reset_server',
    begin: restart,
    delay: ({ latency }) => latency.startServer(),
  },
];

const powerRoute = ({ operation, verb, command, idle, begin, delay }: PowerCommand): Route => ({
  operation,
  method: 'POST',
  path: `/servers/{id}/actions/${verb}`,
  handle: (world, { project, params }): Answer => {
    const server = freeServer(world, project, params.id);
    const done = (action: Action): Answer => ({
      status: 201,
      body: { action: actionBody(action) },
      resourceId: server.id,
    });
    if (server.status === idle) return done(doneAction(world, project, command, serverResource(server.id)));
    begin(world, server);
    const action = beginAction(world, project, command, serverResource(server.id));
    return done(finishLater(world, project, action, delay(world)));
  },
});

const protection = z.object({ delete: z.boolean().optional(), rebuild: z.boolean().optional() });

function changeProtection(world: World, { project, params, body }: ApiRequest): Answer {
  const server = stayingServer(project, params.id);
  const wanted = readBody(protection, body);
  const { delete: ofDelete = server.protection.delete, rebuild: ofRebuild = server.protection.rebuild } =
    wanted;
  if (ofDelete !== ofRebuild) throw invalidInput({ delete: 'must be the same as rebuild' });
  server.protection = { delete: ofDelete, rebuild: ofRebuild };
  const action = doneAction(world, project, 'change_protection', serverResource(server.id));
  return { status: 201, body: { action: actionBody(action) }, resourceId: server.id };
}

function changeReverseName(world: World, { project, params, body }: ApiRequest): Answer {
  const server = stayingServer(project, params.id);
  const wanted = readBody(reverseNameField, body);
  const own = [server.ipv4, server.ipv6].flatMap((id) => project.primaryIps[id ?? ''] ?? []);
  const ip = own.find((each) => holds(each, wanted.ip));
  if (!ip) throw invalidInput({ ip: 'is not an address of this resource' });
  nameAddress(ip, wanted);
  const action = doneAction(world, project, 'change_dns_ptr', serverResource(server.id));
  return { status: 201, body: { action: actionBody(action) }, resourceId: server.id };
}

/** Operations that exist at Hetzner and that nobody here may use: refused, and in the ledger. */
const refused: Record<string, string> = {
  attach_iso: 'attach_server_iso',
  detach_iso: 'detach_server_iso',
  enable_backup: 'enable_server_backup',
  disable_backup: 'disable_server_backup',
  reset_password: 'reset_server_password',
  enable_rescue: 'enable_server_rescue',
  disable_rescue: 'disable_server_rescue',
  request_console: 'request_server_console',
  create_image: 'create_server_image',
};

const refusedRoute = ([verb, operation]: [string, string]): Route => ({
  operation,
  method: 'POST',
  path: `/servers/{id}/actions/${verb}`,
  handle: (_world, { project, params }): Answer => {
    findServer(project, params.id);
    throw unsupported(verb);
  },
});

/** Power, protection, the names of addresses, and what is refused. */
export const serverActionRoutes: readonly Route[] = [
  ...powerCommands.map(powerRoute),
  {
    operation: 'change_server_protection',
    method: 'POST',
    path: '/servers/{id}/actions/change_protection',
    handle: changeProtection,
  },
  {
    operation: 'change_server_dns_ptr',
    method: 'POST',
    path: '/servers/{id}/actions/change_dns_ptr',
    handle: changeReverseName,
  },
  ...Object.entries(refused).map(refusedRoute),
  {
    operation: 'get_server_metrics',
    method: 'GET',
    path: '/servers/{id}/metrics',
    handle: (_world, { project, params }) => {
      findServer(project, params.id);
      throw unsupported('metrics');
    },
  },
];
