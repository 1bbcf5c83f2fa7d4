import { concerns } from '../actions.js';
import { notFound, removed } from '../api-error.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import type { Action, Project } from '../state.js';
import { actionBody } from '../wire/action-body.js';
import { page } from '../wire/page.js';
import type { World } from '../world.js';
import { findImage } from './catalogue.js';
import { findFirewall } from './firewalls.js';
import { findPrimaryIp } from './primary-ips.js';
import { findNetwork } from './networks.js';
import { findServer } from './find-server.js';

/** Resources that have actions, by the first part of their path. */
const kinds = [
  { path: 'servers', name: 'server', type: 'server', find: findServer },
  { path: 'firewalls', name: 'firewall', type: 'firewall', find: findFirewall },
  { path: 'primary_ips', name: 'primary_ip', type: 'primary_ip', find: findPrimaryIp },
  { path: 'networks', name: 'network', type: 'network', find: findNetwork },
  // Nothing ever happens to one.
  {
    ...{ path: 'images', name: 'image', type: 'image' },
    find: (_project: Project, id: string | undefined) => findImage(id),
  },
] as const;

type Kind = (typeof kinds)[number];

function getActions(_world: World, request: ApiRequest): Answer {
  const ids = request.query.getAll('id');
  // What Hetzner answers since then was told by the authors of hcloud-go, in their pull request 583.
  if (ids.length === 0)
    throw removed('#2025-01-30-listing-arbitrary-actions-in-the-actions-list-endpoint-is-removed');
  const found = ids.filter(isNumber).flatMap((id) => request.project.actions[id] ?? []);
  return page(request, 'actions', [...new Set(found)], actionBody);
}

const isNumber = (text: string): boolean => /^\d+$/.test(text);

function one(project: Project, id: string | undefined, allowed: (action: Action) => boolean): Answer {
  const action = project.actions[id ?? ''];
  if (!action || !allowed(action)) throw notFound('action', id ?? '');
  return { status: 200, body: { action: actionBody(action) }, resourceId: action.id };
}

/** Those asked for by id, or all. */
function chosen(actions: Action[], { query }: ApiRequest): Action[] {
  const ids = query.getAll('id');
  return ids.length === 0 ? actions : actions.filter(({ id }) => ids.includes(String(id)));
}

const isOf = (kind: Kind, action: Action): boolean => action.resources.some(({ type }) => type === kind.type);

const routesOf = (kind: Kind): Route[] => [
  {
    operation: `list_${kind.path}_actions`,
    method: 'GET',
    path: `/${kind.path}/actions`,
    handle: (_world, request) => {
      const all = Object.values(request.project.actions).filter((action) => isOf(kind, action));
      return page(request, 'actions', chosen(all, request), actionBody);
    },
  },
  {
    operation: `get_${kind.path}_action`,
    method: 'GET',
    path: `/${kind.path}/actions/{id}`,
    handle: (_world, { project, params }) => one(project, params.id, (action) => isOf(kind, action)),
  },
  {
    operation: `list_${kind.name}_actions`,
    method: 'GET',
    path: `/${kind.path}/{id}/actions`,
    handle: (_world, request) => {
      const { id } = kind.find(request.project, request.params.id);
      const own = Object.values(request.project.actions).filter((action) => concerns(action, kind.type, id));
      return page(request, 'actions', chosen(own, request), actionBody);
    },
  },
  {
    operation: `get_${kind.name}_action`,
    method: 'GET',
    path: `/${kind.path}/{id}/actions/{action_id}`,
    handle: (_world, { project, params }) => {
      const { id } = kind.find(project, params.id);
      return one(project, params.action_id, (action) => concerns(action, kind.type, id));
    },
  },
];

/** Actions, by id and by what they are about. */
export const actionRoutes: readonly Route[] = [
  { operation: 'get_actions', method: 'GET', path: '/actions', handle: getActions },
  {
    operation: 'get_action',
    method: 'GET',
    path: '/actions/{id}',
    handle: (_world, { project, params }) => one(project, params.id, () => true),
  },
  ...kinds.flatMap(routesOf),
];
