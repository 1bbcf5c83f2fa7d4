import { concerns, endAction, finishLater } from './actions.js';
import { failures } from './failures.js';
import { operationOf } from './operations.js';
import type { Outcome } from './outcome.js';
import { removeServer } from './resources/delete-server.js';
import { followSelectors, isFound } from './resources/firewall-selectors.js';
import { restoreTarget } from './resources/firewall-targets.js';
import { partFromAddress } from './resources/primary-ip-assignment.js';
import { powerDown, powerUp } from './resources/server-power.js';
import { runningActionsOf } from './running-actions.js';
import type { Action, Project, Server, Task } from './state.js';
import type { World } from './world.js';

const up: Outcome = (world, project, server) => powerUp(world, project, server);
/** A soft reboot that nobody heard changed nothing. */
const upAgain: Outcome = (world, project, server) => {
  if (server.status === 'starting') powerUp(world, project, server);
};
const off: Outcome = (_world, _project, server) => {
  server.status = 'off';
};

/** What a finished action means for its server. */
const outcomes: Record<string, Outcome> = {
  create_server: finishCreation,
  start_server: up,
  reboot_server: upAgain,
  reset_server: up,
  rebuild_server: up,
  stop_server: off,
  shutdown_server: hearShutdown,
  change_server_type: up,
  delete_server: removeServer,
  unassign_primary_ip: (_world, project, server, action) => partFromAddress(project, server, action),
  detach_from_network: (_world, _project, server, action) => {
    server.networks = server.networks.filter(({ networkId }) => !concerns(action, 'network', networkId));
  },
  attach_to_network: (_world, _project, server, action) => {
    for (const own of server.networks) {
      if (concerns(action, 'network', own.networkId)) own.attached = true;
    }
  },
  apply_firewall: (_world, _project, server, action) => {
    for (const applied of server.firewalls) {
      if (concerns(action, 'firewall', applied.id)) applied.status = 'applied';
    }
  },
  remove_firewall: (_world, project, server, action) => {
    server.firewalls = server.firewalls.filter(({ id, direct }) => {
      const firewall = project.firewalls[id];
      const kept = firewall !== undefined && (direct || isFound(firewall, server));
      return kept || !concerns(action, 'firewall', id);
    });
  },
};

/** Carries out what was planned, unless the world went another way meanwhile. */
export function carryOut(world: World, task: Task): void {
  const project = world.state.projects[task.project];
  if (!project) return;
  if (task.kind === 'finish-action') finishAction(world, project, task.actionId);
  else if (task.kind === 'release-primary-ip') releasePrimaryIp(project, task.primaryIpId);
  else if (task.kind === 'obey-shutdown') obeyShutdown(world, project, task);
  else bootGuest(world, project, task);
  world.changed();
}

function finishAction(world: World, project: Project, actionId: number): void {
  const action = project.actions[actionId];
  if (action?.status !== 'running') return;
  if (world.faults.strike(operationOf(action.command), ({ mode }) => mode === 'action_stuck')) {
    action.stuck = true;
    return;
  }
  const error = injectedError(world, action);
  endAction(world, project, action, error);
  const ends = error ? failures : outcomes;
  for (const { type, id } of action.resources) {
    const server = type === 'server' ? project.servers[id] : undefined;
    if (server) ends[action.command]?.(world, project, server, action);
  }
  if (error) restoreTarget(world, project, action);
}

/** What an action ends with instead of success. */
function injectedError({ faults }: World, { command }: Action): Action['error'] {
  const struck = faults.strike(operationOf(command), ({ mode }) => mode === 'action_error');
  if (!struck) return null;
  const { code = 'action_failed', message = `injected ${code}` } = struck;
  return { code, message };
}

/** The firewalls of the order are in force before the server starts: not one packet passes without them. */
function finishCreation(world: World, project: Project, server: Server): void {
  server.status = 'off';
  followSelectors(world, project, server);
  for (const action of runningActionsOf(project, server.id)) {
    if (action.command === 'attach_to_network' || isOfTheOrder(server, action))
      finishAction(world, project, action.id);
    if (action.command !== 'start_server') continue;
    server.status = 'starting';
    finishLater(world, project, action, world.latency.startServer());
  }
}

const isOfTheOrder = (server: Server, action: Action): boolean =>
  action.command === 'apply_firewall' &&
  server.firewalls.some(({ id, direct }) => direct && concerns(action, 'firewall', id));

/** The action only says that the system was asked; one that never booted does not listen. */
function hearShutdown(world: World, project: Project, server: Server): void {
  if (server.status !== 'running' || server.guest === 'absent') return;
  const plan = { project: project.name, serverId: server.id, boot: server.boot };
  world.tasks.plan({ kind: 'obey-shutdown', ...plan }, world.latency.obeyShutdown());
}

function obeyShutdown(world: World, project: Project, task: Task & { kind: 'obey-shutdown' }): void {
  const server = project.servers[task.serverId];
  if (server?.boot !== task.boot || server.status !== 'running') return;
  powerDown(world, server);
  server.status = 'off';
}

function releasePrimaryIp(project: Project, primaryIpId: number): void {
  const ip = project.primaryIps[primaryIpId];
  if (ip && ip.assigneeId !== null && !project.servers[ip.assigneeId]) ip.assigneeId = null;
}

function bootGuest(world: World, project: Project, task: Task & { kind: 'boot-guest' }): void {
  const server = project.servers[task.serverId];
  if (server?.boot !== task.boot || server.status !== 'running') return;
  server.guest = 'up';
  world.guests.start(server, addressOf(project, server), { dieAfterEnrol: task.diesAfterEnrol });
}

/** Resumes the guests that were up when the snapshot was taken: to them it is a reboot. */
export function resumeGuests(world: World): void {
  for (const project of Object.values(world.state.projects)) {
    for (const server of Object.values(project.servers)) {
      if (server.guest === 'up') world.guests.start(server, addressOf(project, server));
    }
  }
}

const addressOf = (project: Project, server: Server): string | undefined =>
  server.ipv4 === undefined ? undefined : project.primaryIps[server.ipv4]?.ip;
