import { enterRunning, runningActionsOf, strikeRunning } from './running-actions.js';
import type { Action, Project } from './state.js';
import { nowOf, secondOf, takeId, type World } from './world.js';

type Resource = Action['resources'][number];

export const serverResource = (id: number): Resource => ({ id, type: 'server' });
export const primaryIpResource = (id: number): Resource => ({ id, type: 'primary_ip' });
export const firewallResource = (id: number): Resource => ({ id, type: 'firewall' });
export const networkResource = (id: number): Resource => ({ id, type: 'network' });

/** Finished actions beyond this many are forgotten, the oldest first. */
const KEPT_ACTIONS = 10_000;
/** Counting them is dear, so it is done now and then. */
const COUNTED_EVERY = 256;

/** Commands during which a server takes no other. */
const LOCKING = new Set([
  'create_server',
  'start_server',
  'stop_server',
  'shutdown_server',
  'reboot_server',
  'reset_server',
  'rebuild_server',
  'delete_server',
  'assign_primary_ip',
  'unassign_primary_ip',
  'change_server_type',
  'attach_to_network',
  'detach_from_network',
]);

/** A firewall that a selector finds for a fresh server locks it too, for the moment of applying. */
const FRESH_MS = 60_000;

/** Begins an action without an end: {@link finishLater} sets it, or another action does. */
export function beginAction(
  world: World,
  project: Project,
  command: string,
  ...resources: Resource[]
): Action {
  const action: Action = {
    id: takeId(world),
    command,
    status: 'running',
    started: secondOf(world),
    finished: null,
    resources,
    error: null,
  };
  project.actions[action.id] = action;
  enterRunning(project, action);
  if (action.id % COUNTED_EVERY === 0) forgetOldest(project);
  return action;
}

/** @param delay virtual ms */
export function finishLater(world: World, project: Project, action: Action, delay: number): Action {
  world.tasks.plan({ kind: 'finish-action', project: project.name, actionId: action.id }, delay);
  return action;
}

/** An action that is done as soon as it is begun. */
export function doneAction(
  world: World,
  project: Project,
  command: string,
  ...resources: Resource[]
): Action {
  const action = beginAction(world, project, command, ...resources);
  endAction(world, project, action);
  return action;
}

export function endAction(
  world: World,
  project: Project,
  action: Action,
  error: Action['error'] = null,
): void {
  strikeRunning(project, action);
  action.status = error ? 'error' : 'success';
  action.error = error;
  action.finished = secondOf(world);
}

export const concerns = (action: Action, type: string, id: number): boolean =>
  action.resources.some((resource) => resource.type === type && resource.id === id);

/** Whether a running action, or a creation that came to nothing, keeps others from the server. */
export function isLocked(world: World, project: Project, serverId: number): boolean {
  const server = project.servers[serverId];
  if (!server) return false;
  if (server.stuck) return true;
  const fresh = nowOf(world) - server.created < FRESH_MS;
  return runningActionsOf(project, serverId).some(
    ({ command }) => LOCKING.has(command) || (command === 'apply_firewall' && fresh),
  );
}

function forgetOldest(project: Project): void {
  const finished = Object.values(project.actions).filter(({ status }) => status !== 'running');
  for (const { id } of finished.slice(0, Math.max(0, finished.length - KEPT_ACTIONS))) {
    delete project.actions[id];
  }
}
