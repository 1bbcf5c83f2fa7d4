import { beginAction, concerns, finishLater, firewallResource, serverResource } from '../actions.js';
import { parseLabelSelector } from '../label-selector.js';
import { runningActionsOf } from '../running-actions.js';
import type { Firewall, Project, Server } from '../state.js';
import type { World } from '../world.js';

/** No server is under more; what a selector finds beyond this stays without effect. */
export const MOST_PER_SERVER = 5;

/** Brings a server's firewalls into line with the label selectors that find it now; takes a few seconds. */
export function followSelectors(world: World, project: Project, server: Server): void {
  // One that is not made yet is looked at when it is.
  if (server.status === 'deleting' || server.status === 'initializing') return;
  for (const firewall of Object.values(project.firewalls)) {
    const applied = server.firewalls.find(({ id }) => id === firewall.id);
    const wanted = isFound(firewall, server);
    if (wanted && !applied && server.firewalls.length < MOST_PER_SERVER)
      apply(world, project, server, firewall);
    if (!wanted && applied && !applied.direct) remove(world, project, server, firewall);
  }
}

/** Does so for every server of the project. */
export function followSelectorsOfAll(world: World, project: Project): void {
  for (const server of Object.values(project.servers)) followSelectors(world, project, server);
}

/** Whether a selector of the firewall finds the server. */
export const isFound = (firewall: Firewall, server: Server): boolean =>
  firewall.appliedTo.some(
    (target) => target.type === 'label_selector' && parseLabelSelector(target.selector)?.(server.labels),
  );

function apply(world: World, project: Project, server: Server, firewall: Firewall): void {
  server.firewalls.push({ id: firewall.id, status: 'pending', direct: false });
  changeLater(world, project, 'apply_firewall', server, firewall);
}

function remove(world: World, project: Project, server: Server, firewall: Firewall): void {
  const running = runningActionsOf(project, server.id).some(
    (action) => action.command === 'remove_firewall' && concerns(action, 'firewall', firewall.id),
  );
  if (!running) changeLater(world, project, 'remove_firewall', server, firewall);
}

function changeLater(
  world: World,
  project: Project,
  command: string,
  server: Server,
  firewall: Firewall,
): void {
  const resources = [serverResource(server.id), firewallResource(firewall.id)];
  const action = beginAction(world, project, command, ...resources);
  finishLater(world, project, action, world.latency.applyFirewall());
}
