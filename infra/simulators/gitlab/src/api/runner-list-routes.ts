import { hasRole } from '../access-tokens.js';
import { ancestry } from '../jobs/matching.js';
import type { Runner } from '../model.js';
import { runnerStatus } from '../runner-status.js';
import type { Answer } from '../wire/answer.js';
import { listOf, pageOf } from '../wire/pages.js';
import type { ApiRequest, UserRoute } from '../wire/route.js';
import type { World } from '../world.js';
import { oneOf } from './one-of.js';
import { runnerEntity } from './runner-entities.js';
import { groupOf, needRole, ownerPath, projectOf, sees } from './visible.js';

/** The lists of runners: of everything, of a group, of a project. */
export const runnerListRoutes = (world: World): UserRoute[] => [
  listAllRunnersRoute(world),
  listOwnRunnersRoute(world),
  listGroupRunnersRoute(world),
  listProjectRunnersRoute(world),
];

const listAllRunnersRoute = (world: World): UserRoute => ({
  operation: 'list_runners',
  method: 'GET',
  url: '/runners/all',
  scopes: ['read_api'],
  handle: (request, caller) => {
    needRole(caller, 'admin');
    return list(world, request, '/runners/all', () => true);
  },
});

const listOwnRunnersRoute = (world: World): UserRoute => ({
  operation: 'list_runners',
  method: 'GET',
  url: '/runners',
  scopes: ['read_api'],
  handle: (request, caller) =>
    list(world, request, '/runners', (runner) => {
      const owner = ownerPath(world, runner);
      return owner !== undefined && hasRole(caller, 'maintainer') && sees(caller, owner);
    }),
});

const listGroupRunnersRoute = (world: World): UserRoute => ({
  operation: 'list_runners',
  method: 'GET',
  url: '/groups/:id/runners',
  scopes: ['read_api', 'manage_runner'],
  handle: (request, caller) => {
    const { id } = groupOf(world, request, caller);
    needRole(caller, 'maintainer');
    const around = ancestry(id, world.state.groups);
    return list(world, request, `/groups/${id}/runners`, (runner) => usableIn(runner, around));
  },
});

const listProjectRunnersRoute = (world: World): UserRoute => ({
  operation: 'list_runners',
  method: 'GET',
  url: '/projects/:id/runners',
  scopes: ['read_api'],
  handle: (request, caller) => {
    const project = projectOf(world, request, caller);
    needRole(caller, 'maintainer');
    const around = ancestry(project.groupId, world.state.groups);
    return list(
      world,
      request,
      `/projects/${project.id}/runners`,
      (runner) => runner.projectId === project.id || usableIn(runner, around),
    );
  },
});

const usableIn = ({ type, groupId }: Runner, groups: readonly number[]): boolean =>
  type === 'instance_type' || (groupId !== null && groups.includes(groupId));

const TYPES = new Set(['instance_type', 'group_type', 'project_type']);
/** The first two are about pausing; GitLab still takes them here, although it has a parameter for that. */
const STATUSES = new Set(['active', 'paused', 'online', 'offline', 'stale', 'never_contacted']);

const isInStatus = (runner: Runner, status: string, now: number): boolean =>
  [runnerStatus(runner, now), runner.paused ? 'paused' : 'active'].some((own) => own === status);

function list(world: World, request: ApiRequest, path: string, among: (runner: Runner) => boolean): Answer {
  const { paused } = request.query;
  const types = oneOf(request, 'type', TYPES);
  const statuses = oneOf(request, 'status', STATUSES);
  const tags = listOf(request, 'tag_list');
  const now = world.clock.now().getTime();
  const found = world.state.runners
    .filter(among)
    .filter((runner) => types.length === 0 || types.includes(runner.type))
    .filter((runner) => paused === undefined || String(runner.paused) === paused)
    .filter((runner) => statuses.length === 0 || statuses.some((status) => isInStatus(runner, status, now)))
    .filter((runner) => tags.every((tag) => runner.tags.includes(tag)))
    .reverse();
  return pageOf(request, world.url(), path, found, (runner) => runnerEntity(world, runner));
}
