import { z } from 'zod';
import { nameTaken, notFound } from '../api-error.js';
import { requireQuota } from '../quota.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import type { PlacementGroup, Project } from '../state.js';
import { labelsField, readBody } from '../wire/body.js';
import { page } from '../wire/page.js';
import { placementGroupBody } from '../wire/placement-group-body.js';
import { secondOf, takeId, type World } from '../world.js';

const order = z.object({
  name: z.string().min(1),
  type: z.literal('spread'),
  labels: labelsField.default({}),
});
const change = z.object({ name: z.string().min(1).optional(), labels: labelsField.optional() });

function createPlacementGroup(world: World, { project, body }: ApiRequest): Answer {
  const { name, labels } = readBody(order, body);
  requireFreeName(project, name);
  requireQuota(world, project, 'placementGroups');
  const group: PlacementGroup = { id: takeId(world), name, labels, created: secondOf(world) };
  project.placementGroups[group.id] = group;
  world.ledger.otherBegan('placement_group', project.name, group);
  return answer(201, project, group, { action: null });
}

function updatePlacementGroup(_world: World, { project, params, body }: ApiRequest): Answer {
  const group = findPlacementGroup(project, params.id);
  const { name, labels } = readBody(change, body);
  if (name !== undefined && name !== group.name) {
    requireFreeName(project, name);
    group.name = name;
  }
  group.labels = labels ?? group.labels;
  return answer(200, project, group);
}

function deletePlacementGroup(world: World, { project, params }: ApiRequest): Answer {
  const group = findPlacementGroup(project, params.id);
  for (const server of Object.values(project.servers)) {
    if (server.placementGroupId === group.id) server.placementGroupId = null;
  }
  delete project.placementGroups[group.id];
  world.ledger.otherEnded(group.id, secondOf(world));
  return { status: 204, resourceId: group.id };
}

/** The placement group that a path names. Throws 404. */
export function findPlacementGroup(project: Project, id: string | undefined): PlacementGroup {
  const group = project.placementGroups[id ?? ''];
  if (!group) throw notFound('placement group', id ?? '');
  return group;
}

const answer = (status: 200 | 201, project: Project, group: PlacementGroup, more: object = {}): Answer => ({
  status,
  body: { placement_group: placementGroupBody(project, group), ...more },
  resourceId: group.id,
});

function requireFreeName(project: Project, wanted: string): void {
  if (Object.values(project.placementGroups).some(({ name }) => name === wanted))
    throw nameTaken('placement group');
}

/** Groups whose servers stand on different hosts. */
export const placementGroupRoutes: readonly Route[] = [
  {
    operation: 'list_placement_groups',
    method: 'GET',
    path: '/placement_groups',
    handle: (_world, request) =>
      page(request, 'placement_groups', Object.values(request.project.placementGroups), (group) =>
        placementGroupBody(request.project, group),
      ),
  },
  {
    operation: 'create_placement_group',
    method: 'POST',
    path: '/placement_groups',
    handle: createPlacementGroup,
  },
  {
    operation: 'get_placement_group',
    method: 'GET',
    path: '/placement_groups/{id}',
    handle: (_world, { project, params }) => answer(200, project, findPlacementGroup(project, params.id)),
  },
  {
    operation: 'update_placement_group',
    method: 'PUT',
    path: '/placement_groups/{id}',
    handle: updatePlacementGroup,
  },
  {
    operation: 'delete_placement_group',
    method: 'DELETE',
    path: '/placement_groups/{id}',
    handle: deletePlacementGroup,
  },
];
