import { ApiError } from './api-error.js';
import type { PlacementGroup, Project } from './state.js';

/** So many hosts a spread group can have apart. */
const MOST_IN_A_GROUP = 10;

/** Throws 422 where a group can take no other server. */
export function requirePlace(project: Project, group: PlacementGroup): void {
  const members = Object.values(project.servers).filter(
    ({ placementGroupId }) => placementGroupId === group.id,
  );
  if (members.length < MOST_IN_A_GROUP) return;
  throw new ApiError(422, 'placement_error', 'error during placement: the placement group is full');
}
