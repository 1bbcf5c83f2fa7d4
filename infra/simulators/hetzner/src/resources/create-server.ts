import { beginAction, finishLater, firewallResource, networkResource, serverResource } from '../actions.js';
import { addPrimaryIp } from '../addresses.js';
import { enterServer } from '../census.js';
import { actionBody } from '../wire/action-body.js';
import { serverBody } from '../wire/server-body.js';
import { dedicatedCores, requireQuota } from '../quota.js';
import { rootPassword } from './root-password.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import type { Action, PrimaryIp, Project, Server } from '../state.js';
import { secondOf, takeId, type World } from '../world.js';
import { checkOrder, type CheckedOrder } from './server-order.js';

function createServer(world: World, { project, body }: ApiRequest): Answer {
  const order = checkOrder(world, project, body);
  requireQuota(world, project, 'servers');
  requireQuota(world, project, 'dedicatedCores', dedicatedCores(order.type.name));
  requireQuota(world, project, 'primaryIps', [order.ipv4, order.ipv6].filter((ip) => ip === 'new').length);
  const server = addServer(world, project, order);
  const { action, next } = beginActions(world, project, server, order.start);
  return {
    status: 201,
    resourceId: server.id,
    body: {
      server: serverBody(world, project, server),
      action: actionBody(action),
      next_actions: next.map(actionBody),
      root_password: order.sshKeys.length > 0 ? null : rootPassword(world.random),
    },
  };
}

function addServer(world: World, project: Project, order: CheckedOrder): Server {
  const id = takeId(world);
  const server: Server = {
    id,
    name: order.name,
    created: secondOf(world),
    status: 'initializing',
    type: order.type.name,
    location: order.location,
    image: order.image,
    labels: order.labels,
    userData: order.userData,
    sshKeyIds: order.sshKeys.map((key) => key.id),
    ipv4: addressFor(world, project, order, id, 'ipv4')?.id,
    ipv6: addressFor(world, project, order, id, 'ipv6')?.id,
    firewalls: order.firewalls.map((firewall) => ({ id: firewall.id, status: 'pending', direct: true })),
    networks: order.attachments.map(({ network, ip }) => ({
      networkId: network.id,
      ip,
      aliasIps: [],
      attached: false,
    })),
    placementGroupId: order.placementGroupId,
    diskGb: order.type.disk,
    protection: { delete: false, rebuild: false },
    disk: {},
    guest: 'absent',
    boot: 0,
    stuck: world.guestBehaviour.hangs(world.latency.stuckCreations),
  };
  enterServer(project, server);
  for (const firewall of order.firewalls) firewall.appliedTo.push({ type: 'server', serverId: id });
  enterInLedger(world, project, server, order);
  return server;
}

function addressFor(
  world: World,
  project: Project,
  order: CheckedOrder,
  serverId: number,
  type: 'ipv4' | 'ipv6',
): PrimaryIp | undefined {
  const wanted = order[type];
  if (wanted === undefined) return undefined;
  if (wanted !== 'new') {
    wanted.assigneeId = serverId;
    return wanted;
  }
  const name = `primary_ip-${takeId(world)}`;
  // An address that nobody asked for by itself dies with its server.
  const ownership = { autoDelete: true, assigneeId: serverId };
  return addPrimaryIp(world, project, { name, type, location: order.location, labels: {}, ...ownership });
}

function enterInLedger(world: World, project: Project, server: Server, order: CheckedOrder): void {
  const price = world.prices.of(order.type);
  world.ledger.serverBegan({
    id: server.id,
    project: project.name,
    name: server.name,
    labels: { ...server.labels },
    type: server.type,
    location: server.location,
    created: server.created,
    deleted: null,
    priceHourlyNet: price.hourly,
    priceMonthlyNet: price.monthly,
    primaryIpId: server.ipv4 ?? null,
    firewallIds: order.firewalls.map(({ id }) => id),
    createdWithoutFirewall: order.firewalls.length === 0,
    createdWithoutSshKey: order.sshKeys.length === 0,
    rebuilds: [],
    rescales: [],
  });
}

/** The following actions have ids and run from the start; the creation sets them going when it is done. */
function beginActions(
  world: World,
  project: Project,
  server: Server,
  start: boolean,
): { action: Action; next: Action[] } {
  const own = serverResource(server.id);
  const action = beginAction(world, project, 'create_server', own);
  const next = server.firewalls.map(({ id }) => {
    const application = beginAction(world, project, 'apply_firewall', own, firewallResource(id));
    application.target = { type: 'server', serverId: server.id };
    return application;
  });
  const attachments = server.networks.map(({ networkId }) =>
    beginAction(world, project, 'attach_to_network', own, networkResource(networkId)),
  );
  next.unshift(...attachments);
  if (start) next.unshift(beginAction(world, project, 'start_server', own));
  if (!server.stuck) finishLater(world, project, action, world.latency.createServer());
  return { action, next };
}

export const createServerRoutes: readonly Route[] = [
  { operation: 'create_server', method: 'POST', path: '/servers', handle: createServer },
];
