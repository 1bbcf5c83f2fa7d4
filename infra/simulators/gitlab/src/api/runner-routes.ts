import { tickQueue } from '../jobs/job-life.js';
import { jobStatuses } from '../jobs/job-statuses.js';
import type { Runner } from '../model.js';
import { pageOf, uncountedPageOf } from '../wire/pages.js';
import type { UserRoute } from '../wire/route.js';
import type { World } from '../world.js';
import { deleteRunner } from './delete-runner.js';
import { jobEntity } from './job-entity.js';
import { oneOf } from './one-of.js';
import { renewToken } from './renew-token.js';
import { checkChanges, checkTags, readAttributes, runnerChanges } from './runner-attributes.js';
import type { RunnerChanges } from './runner-attributes.js';
import { managerEntity, runnerDetails } from './runner-entities.js';
import { needRole, runnerOf, shownRunnerOf } from './visible.js';

/** One runner: read, change, delete, its machines, its jobs. */
export const runnerRoutes = (world: World): UserRoute[] => [
  getRunnerRoute(world),
  updateRunnerRoute(world),
  deleteRunnerRoute(world),
  listRunnerManagersRoute(world),
  listRunnerJobsRoute(world),
  renewTokenRoute(world),
];

const getRunnerRoute = (world: World): UserRoute => ({
  operation: 'get_runner',
  method: 'GET',
  url: '/runners/:id',
  scopes: ['read_api', 'manage_runner'],
  handle: (request, caller) => {
    const runner = shownRunnerOf(world, request, caller);
    if (runner.type !== 'instance_type') needRole(caller, 'maintainer');
    return { status: 200, body: runnerDetails(world, runner) };
  },
});

const updateRunnerRoute = (world: World): UserRoute => ({
  operation: 'edit_runner',
  method: 'PUT',
  url: '/runners/:id',
  scopes: ['manage_runner'],
  handle: (request, caller) => {
    const runner = runnerOf(world, request, caller);
    needRole(caller, runner.type === 'group_type' ? 'owner' : 'maintainer');
    const changes = readAttributes(runnerChanges, request.body);
    checkChanges(changes);
    changeRunner(world, runner, changes);
    return { status: 200, body: runnerDetails(world, runner) };
  },
});

const deleteRunnerRoute = (world: World): UserRoute => ({
  operation: 'delete_runner',
  method: 'DELETE',
  url: '/runners/:id',
  scopes: ['manage_runner'],
  handle: (request, caller) => {
    const runner = runnerOf(world, request, caller);
    needRole(caller, runner.type === 'group_type' ? 'owner' : 'maintainer');
    deleteRunner(world, runner, 'id');
    return { status: 204 };
  },
});

const renewTokenRoute = (world: World): UserRoute => ({
  operation: 'renew_runner_token',
  method: 'POST',
  url: '/runners/:id/reset_authentication_token',
  scopes: ['manage_runner'],
  handle: (request, caller) => {
    const runner = runnerOf(world, request, caller);
    needRole(caller, runner.type === 'group_type' ? 'owner' : 'maintainer');
    return renewToken(world, runner);
  },
});

const listRunnerManagersRoute = (world: World): UserRoute => ({
  operation: 'list_runner_managers',
  method: 'GET',
  url: '/runners/:id/managers',
  scopes: ['read_api'],
  handle: (request, caller) => {
    const { id } = shownRunnerOf(world, request, caller);
    const managers = world.state.managers.filter(({ runnerId }) => runnerId === id);
    return { status: 200, body: managers.map((manager) => managerEntity(world, manager)) };
  },
});

const listRunnerJobsRoute = (world: World): UserRoute => ({
  operation: 'list_runner_jobs',
  method: 'GET',
  url: '/runners/:id/jobs',
  scopes: ['read_api'],
  handle: (request, caller) => {
    const { id } = runnerOf(world, request, caller);
    const wanted = oneOf(request, 'status', jobStatuses);
    const systemId = request.query.system_id;
    const jobs = world.state.jobs
      .filter(({ runnerId, status }) => runnerId === id && (wanted.length === 0 || wanted.includes(status)))
      .filter(({ managerId }) => systemId === undefined || isOf(world, managerId, systemId))
      .reverse();
    const list = systemId === undefined ? pageOf : uncountedPageOf;
    return list(request, world.url(), `/runners/${id}/jobs`, jobs, (job) => jobEntity(world, job));
  },
});

const isOf = ({ state }: World, managerId: number | null, systemId: string | string[]): boolean =>
  state.managers.find(({ id }) => id === managerId)?.systemId === systemId;

function changeRunner(world: World, runner: Runner, changes: RunnerChanges): void {
  const runUntagged = changes.run_untagged ?? runner.runUntagged;
  const tags = changes.tag_list ?? runner.tags;
  checkTags(runUntagged, tags);
  const wasPaused = runner.paused;
  const { description = runner.description, maintenance_note: maintenanceNote = runner.maintenanceNote } =
    changes;
  Object.assign(runner, { runUntagged, tags, description, maintenanceNote });
  runner.paused = changes.paused ?? (changes.active === undefined ? wasPaused : !changes.active);
  runner.locked = changes.locked ?? runner.locked;
  runner.accessLevel = changes.access_level ?? runner.accessLevel;
  if (changes.maximum_timeout !== undefined) runner.maximumTimeout = changes.maximum_timeout;
  tickQueue(world, runner);
  if (runner.paused !== wasPaused) {
    world.ledger.append({ type: runner.paused ? 'runner-paused' : 'runner-resumed', runnerId: runner.id });
  }
  world.changed();
}
