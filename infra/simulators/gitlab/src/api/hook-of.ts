import type { AccessToken } from '../access-tokens.js';
import type { Hook } from '../model.js';
import { forbidden, notFound } from '../wire/answer.js';
import type { ApiRequest } from '../wire/route.js';
import type { World } from '../world.js';
import { groupOf, needRole, projectOf } from './visible.js';

export type HookOwner = Hook['owner'];

/** Whose webhooks the path is about. @throws ApiError 403 without the role, or the plan; 404 */
export function hookOwnerOf(
  world: World,
  kind: HookOwner['kind'],
  request: ApiRequest,
  caller: AccessToken,
): HookOwner {
  const { id } = kind === 'project' ? projectOf(world, request, caller) : groupOf(world, request, caller);
  if (kind === 'group' && world.settings.tier === 'free') throw forbidden();
  needRole(caller, kind === 'group' ? 'owner' : 'maintainer');
  return { kind, id };
}

export const hooksOf = ({ state }: World, owner: HookOwner): Hook[] =>
  state.hooks.filter((hook) => hook.owner.kind === owner.kind && hook.owner.id === owner.id);

/** @throws ApiError 404 */
export function hookOf(world: World, owner: HookOwner, { params }: ApiRequest): Hook {
  const hook = hooksOf(world, owner).find(({ id }) => String(id) === params.hookId);
  if (!hook) throw notFound('Hook');
  return hook;
}
