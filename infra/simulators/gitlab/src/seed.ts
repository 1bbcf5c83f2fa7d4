import { z } from 'zod';
import type { Group, Project } from './model.js';
import { nextId, timestamp } from './world.js';
import type { World } from './world.js';

const path = z.string().regex(/^[\w.-]+(\/[\w.-]+)+$/, 'must be <group>/<project>');

/** A project to be made; its groups come to be with it. */
export const projectSeed = z.strictObject({
  path,
  /** @default main */
  defaultBranch: z.string().min(1).default('main'),
  /** Protected branches and git tags. @default the default branch */
  protectedRefs: z.array(z.string()).optional(),
});

export type ProjectSeed = z.input<typeof projectSeed>;

export const seed = z.object({ projects: z.array(projectSeed) });

export type Seed = z.input<typeof seed>;

/** Two tenants: `acme` with two projects, `globex` with one. */
export const defaultSeed: Seed = {
  projects: [{ path: 'acme/web' }, { path: 'acme/api' }, { path: 'globex/app' }],
};

/** Makes a project and the groups that it lies in; one that exists is returned as it is. */
export function addProject(world: World, input: ProjectSeed): Project {
  const { path: fullPath, defaultBranch, protectedRefs = [defaultBranch] } = projectSeed.parse(input);
  const existing = world.state.projects.find((project) => project.fullPath === fullPath);
  if (existing) return existing;
  const names = fullPath.split('/');
  const name = names.pop() ?? '';
  const project: Project = {
    id: nextId(world, 'project'),
    groupId: addGroup(world, names).id,
    path: name,
    fullPath,
    defaultBranch,
    branches: [defaultBranch],
    gitTags: [],
    protectedRefs,
    createdAt: timestamp(world),
  };
  world.state.projects.push(project);
  world.changed();
  return project;
}

function addGroup(world: World, names: readonly string[]): Group {
  const fullPath = names.join('/');
  const existing = world.state.groups.find((group) => group.fullPath === fullPath);
  if (existing) return existing;
  const parentId = names.length > 1 ? addGroup(world, names.slice(0, -1)).id : null;
  const group = {
    id: nextId(world, 'group'),
    parentId,
    path: names.at(-1) ?? '',
    fullPath,
    createdAt: timestamp(world),
  };
  world.state.groups.push(group);
  return group;
}
