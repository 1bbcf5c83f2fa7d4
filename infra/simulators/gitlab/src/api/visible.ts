import { hasRole } from '../access-tokens.js';
import type { AccessToken, GitLabRole } from '../access-tokens.js';
import type { Group, Job, Project, Runner } from '../model.js';
import { forbidden, notFound } from '../wire/answer.js';
import type { ApiRequest } from '../wire/route.js';
import type { World } from '../world.js';

/** Whether a token sees what lies at this full path. */
export const sees = ({ groups }: AccessToken, fullPath: string): boolean =>
  groups === undefined || groups.some((group) => fullPath === group || fullPath.startsWith(`${group}/`));

/** Whether its user is a member there: an administrator sees everything, and is by that a member of nothing. */
export const isMember = (caller: AccessToken, fullPath: string): boolean =>
  sees(caller, fullPath) && (caller.groups !== undefined || !hasRole(caller, 'admin'));

/** @throws ApiError 403 */
export function needRole(caller: AccessToken, least: GitLabRole): void {
  if (!hasRole(caller, least)) throw forbidden();
}

/** The group that the path names by number or full path. @throws ApiError 404 */
export function groupOf({ state }: World, { params }: ApiRequest, caller: AccessToken): Group {
  const found = state.groups.find(isNamed(params.id ?? ''));
  if (!found || !sees(caller, found.fullPath)) throw notFound('Group');
  return found;
}

/** The project that the path names by number or full path. @throws ApiError 404 */
export function projectOf({ state }: World, { params }: ApiRequest, caller: AccessToken): Project {
  const found = state.projects.find(isNamed(params.id ?? ''));
  if (!found || !sees(caller, found.fullPath)) throw notFound('Project');
  return found;
}

/** @throws ApiError 404 */
export function jobOf({ state }: World, project: Project, { params }: ApiRequest): Job {
  const found = state.jobs.find((job) => job.projectId === project.id && String(job.id) === params.jobId);
  if (!found) throw notFound('Job');
  return found;
}

/** A runner to look at: one of the instance is shown to everybody. @throws ApiError as {@link runnerOf} does */
export function shownRunnerOf(world: World, request: ApiRequest, caller: AccessToken): Runner {
  const found = knownRunnerOf(world, request);
  return found.type === 'instance_type' ? found : runnerOf(world, request, caller);
}

function knownRunnerOf({ state }: World, { params }: ApiRequest): Runner {
  const found = state.runners.find(({ id }) => String(id) === params.id);
  if (!found) throw notFound('Runner');
  return found;
}

/** @throws ApiError 404 where there is none, 403 where it is someone else's */
export function runnerOf(world: World, request: ApiRequest, caller: AccessToken): Runner {
  const found = knownRunnerOf(world, request);
  const owner = ownerPath(world, found);
  if (owner === undefined ? !hasRole(caller, 'admin') : !sees(caller, owner))
    throw forbidden('No access granted');
  return found;
}

const isNamed =
  (name: string) =>
  ({ id, fullPath }: { id: number; fullPath: string }): boolean =>
    String(id) === name || fullPath.toLowerCase() === name.toLowerCase();

/** Full path of the group or project that a runner belongs to; undefined for one of the instance. */
export function ownerPath({ state }: World, { groupId, projectId }: Runner): string | undefined {
  const owners = groupId === null ? state.projects : state.groups;
  return owners.find(({ id }) => id === (groupId ?? projectId))?.fullPath;
}
