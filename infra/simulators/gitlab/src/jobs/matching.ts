import type { Group, Job, Project, Runner } from '../model.js';

/** What of a runner decides which jobs it may take. */
export type Capability = Pick<
  Runner,
  'type' | 'groupId' | 'projectId' | 'tags' | 'runUntagged' | 'accessLevel' | 'paused'
>;

/** What of a job decides which runners may take it. */
export type Demand = Pick<Job, 'tags' | 'protected'>;

/** Whether a runner may take a job of this project, by scope, protection and tags; a paused one may take none. */
export const mayTake = (
  runner: Capability,
  job: Demand,
  project: Project,
  groups: readonly Group[],
): boolean =>
  !runner.paused && isInScope(runner, project, groups) && protectionFits(runner, job) && tagsFit(runner, job);

/** The group, and the groups around it, outermost last. */
export function ancestry(groupId: number, groups: readonly Group[]): number[] {
  const group = groups.find(({ id }) => id === groupId);
  if (!group) return [];
  return [group.id, ...(group.parentId === null ? [] : ancestry(group.parentId, groups))];
}

function isInScope(runner: Capability, project: Project, groups: readonly Group[]): boolean {
  if (runner.type === 'instance_type') return true;
  if (runner.type === 'project_type') return runner.projectId === project.id;
  return runner.groupId !== null && ancestry(project.groupId, groups).includes(runner.groupId);
}

const protectionFits = ({ accessLevel }: Capability, job: Demand): boolean =>
  accessLevel === 'not_protected' || job.protected;

const tagsFit = ({ runUntagged, tags }: Capability, job: Demand): boolean =>
  (runUntagged || job.tags.length > 0) && job.tags.every((tag) => tags.includes(tag));
