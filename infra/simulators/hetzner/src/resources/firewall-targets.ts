import { z } from 'zod';
import { beginAction, finishLater, firewallResource, serverResource } from '../actions.js';
import { ApiError, invalidInput } from '../api-error.js';
import { parseLabelSelector } from '../label-selector.js';
import type { Action, Firewall, FirewallTarget, Project, Server } from '../state.js';
import { idField } from '../wire/body.js';
import type { World } from '../world.js';
import { followSelectorsOfAll, MOST_PER_SERVER } from './firewall-selectors.js';

const target = z.union([
  z.object({ type: z.literal('server'), server: z.object({ id: idField }) }),
  z.object({ type: z.literal('label_selector'), label_selector: z.object({ selector: z.string() }) }),
]);

/** What a firewall applies to, as a request carries it. */
export const targetsField = z.array(target);

/**
 * Looks the targets up. Throws 422 for what is no selector and for a server that can be under no further firewall.
 *
 * @param firewall undefined for one that is only made
 * @param missing status where a server is not there: the description has another one for each operation
 */
export function toTargets(
  project: Project,
  wanted: z.output<typeof targetsField>,
  firewall: Firewall | undefined,
  missing: 404 | 422,
): FirewallTarget[] {
  const ids = wanted.flatMap((each) => (each.type === 'server' ? [each.server.id] : []));
  if (new Set(ids).size < ids.length)
    throw new ApiError(422, 'server_already_added', 'a server was added more than once');
  return wanted.map((each): FirewallTarget => {
    if (each.type === 'label_selector') {
      const { selector } = each.label_selector;
      if (!parseLabelSelector(selector))
        throw invalidInput({ label_selector: 'label selector is not valid' });
      return { type: 'label_selector', selector };
    }
    const server = project.servers[each.server.id];
    if (!server) throw new ApiError(missing, 'firewall_resource_not_found', 'a resource was not found');
    if (server.ipv4 === undefined && server.ipv6 === undefined)
      throw new ApiError(422, 'private_net_only_server', 'the server has no public interface');
    const others = server.firewalls.filter(({ id }) => id !== firewall?.id);
    if (others.length >= MOST_PER_SERVER) {
      throw invalidInput({ apply_to: `a server can have at most ${MOST_PER_SERVER} firewalls` });
    }
    return { type: 'server', serverId: server.id };
  });
}

/** Applies a firewall to what it did not apply to before. Throws 422 where it did. */
export function applyTo(
  world: World,
  project: Project,
  firewall: Firewall,
  targets: readonly FirewallTarget[],
): Action[] {
  if (targets.some((wanted) => firewall.appliedTo.some((known) => isSame(known, wanted)))) {
    throw new ApiError(422, 'firewall_already_applied', 'the firewall is already applied to a resource');
  }
  const actions = targets.map((wanted) => {
    firewall.appliedTo.push(wanted);
    if (wanted.type === 'server') applyDirectly(project.servers[wanted.serverId], firewall);
    return beginChange(world, project, 'apply_firewall', firewall, wanted);
  });
  followSelectorsOfAll(world, project);
  return actions;
}

/** One that a selector brought is there already. */
function applyDirectly(server: Server | undefined, firewall: Firewall): void {
  const known = server?.firewalls.find(({ id }) => id === firewall.id);
  if (known) known.direct = true;
  else server?.firewalls.push({ id: firewall.id, status: 'pending', direct: true });
}

/** Takes a firewall from what it applies to. Throws 404 where it does not, 422 where it does by a selector only. */
export function removeFrom(
  world: World,
  project: Project,
  firewall: Firewall,
  targets: readonly FirewallTarget[],
): Action[] {
  for (const wanted of targets) {
    if (firewall.appliedTo.some((known) => isSame(known, wanted))) continue;
    const server = wanted.type === 'server' ? project.servers[wanted.serverId] : undefined;
    if (server?.firewalls.some(({ id }) => id === firewall.id)) {
      const why = 'the firewall is applied by a label selector';
      throw new ApiError(422, 'firewall_managed_by_label_selector', why);
    }
    throw new ApiError(404, 'firewall_resource_not_found', 'a resource was not found');
  }
  firewall.appliedTo = firewall.appliedTo.filter((known) => !targets.some((wanted) => isSame(known, wanted)));
  const actions = targets.map((wanted) => {
    const server = wanted.type === 'server' ? project.servers[wanted.serverId] : undefined;
    if (server) {
      server.firewalls = server.firewalls.map((applied) =>
        applied.id === firewall.id ? { ...applied, direct: false } : applied,
      );
    }
    return beginChange(world, project, 'remove_firewall', firewall, wanted);
  });
  followSelectorsOfAll(world, project);
  return actions;
}

/** After a change that failed, the firewall applies to what it did before. */
export function restoreTarget(world: World, project: Project, { command, target, resources }: Action): void {
  const firewall = resources.flatMap(
    ({ id, type }) => (type === 'firewall' && project.firewalls[id]) || [],
  )[0];
  if (!firewall || !target) return;
  const wasThere = command === 'remove_firewall';
  const server = target.type === 'server' ? project.servers[target.serverId] : undefined;
  firewall.appliedTo = firewall.appliedTo.filter((known) => !isSame(known, target));
  if (wasThere && (server || target.type === 'label_selector')) firewall.appliedTo.push(target);
  if (server) {
    for (const applied of server.firewalls.filter(({ id }) => id === firewall.id)) applied.direct = wasThere;
    server.firewalls = server.firewalls.filter(
      ({ id, direct, status }) => id !== firewall.id || direct || status === 'applied',
    );
  }
  followSelectorsOfAll(world, project);
}

function beginChange(
  world: World,
  project: Project,
  command: string,
  firewall: Firewall,
  target: FirewallTarget,
): Action {
  const resources = [firewallResource(firewall.id)];
  if (target.type === 'server') resources.push(serverResource(target.serverId));
  const action = beginAction(world, project, command, ...resources);
  action.target = target;
  return finishLater(world, project, action, world.latency.applyFirewall());
}

const isSame = (a: FirewallTarget, b: FirewallTarget): boolean =>
  a.type === 'server'
    ? b.type === 'server' && a.serverId === b.serverId
    : b.type === 'label_selector' && a.selector === b.selector;
