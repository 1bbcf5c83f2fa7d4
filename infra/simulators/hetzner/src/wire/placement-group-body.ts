import type { PlacementGroup, Project } from '../state.js';
import { instant } from './instant.js';

/** A placement group in its wire form. */
export const placementGroupBody = (project: Project, group: PlacementGroup): object => ({
  id: group.id,
  name: group.name,
  labels: group.labels,
  type: 'spread',
  created: instant(group.created),
  servers: Object.values(project.servers)
    .filter(({ placementGroupId }) => placementGroupId === group.id)
    .map(({ id }) => id),
});
