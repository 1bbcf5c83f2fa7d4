import { randomUUID } from 'node:crypto';
import { hasRole } from '../access-tokens.js';
import type { AccessToken } from '../access-tokens.js';
import type { Runner } from '../model.js';
import { badRequest, forbidden } from '../wire/answer.js';
import type { UserRoute } from '../wire/route.js';
import { hashOf, newToken, nextId, timestamp } from '../world.js';
import type { World } from '../world.js';
import { checkTags, readAttributes, runnerCreation } from './runner-attributes.js';
import type { RunnerCreation } from './runner-attributes.js';
import { sees } from './visible.js';

/** `POST /user/runners`: the only way to make a runner, and the only answer that holds its token. */
export const createRunnerRoute = (world: World): UserRoute => ({
  operation: 'create_runner',
  method: 'POST',
  url: '/user/runners',
  scopes: ['create_runner'],
  handle: ({ body }, caller) => {
    const input = readAttributes(runnerCreation, body);
    checkOwner(world, input, caller);
    checkTags(input.run_untagged ?? true, input.tag_list ?? []);
    const token = newToken('glrt-');
    const runner = addRunner(world, input, token);
    return { status: 201, body: { id: runner.id, token, token_expires_at: null } };
  },
});

/** Who may make a runner where: owners of the group, maintainers of the project, administrators of the instance. */
function checkOwner({ state }: World, input: RunnerCreation, caller: AccessToken): void {
  const { runner_type: type, group_id: groupId, project_id: projectId } = input;
  if (type === 'instance_type') {
    if (!hasRole(caller, 'admin')) throw forbidden();
    return;
  }
  const [id, name, places] =
    type === 'group_type' ? [groupId, 'group_id', state.groups] : [projectId, 'project_id', state.projects];
  if (id === undefined) throw badRequest(`${name} is missing`);
  const place = places.find((one) => one.id === id);
  if (!place || !sees(caller, place.fullPath)) throw badRequest(`${name} is invalid`);
  if (!hasRole(caller, type === 'group_type' ? 'owner' : 'maintainer')) throw forbidden();
}

function addRunner(world: World, input: RunnerCreation, token: string): Runner {
  const runner: Runner = {
    id: nextId(world, 'runner'),
    type: input.runner_type,
    groupId: input.runner_type === 'group_type' ? (input.group_id ?? null) : null,
    projectId: input.runner_type === 'project_type' ? (input.project_id ?? null) : null,
    description: input.description ?? null,
    maintenanceNote: input.maintenance_note ?? null,
    tags: input.tag_list ?? [],
    runUntagged: input.run_untagged ?? true,
    accessLevel: input.access_level ?? 'not_protected',
    locked: input.locked ?? false,
    paused: input.paused ?? false,
    maximumTimeout: input.maximum_timeout ?? null,
    tokenHash: hashOf(token),
    queueValue: randomUUID(),
    createdAt: timestamp(world),
    contactedAt: null,
  };
  world.state.runners.push(runner);
  const { id: runnerId, type: runnerType, groupId, projectId, description, maintenanceNote, tags } = runner;
  const facts = { runnerId, runnerType, groupId, projectId, description, maintenanceNote, tags };
  world.ledger.append({ type: 'runner-created', ...facts });
  world.changed();
  return runner;
}
