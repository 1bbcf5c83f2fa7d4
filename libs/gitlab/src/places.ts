import type { Groups, Projects } from '@gitbeaker/rest';
import { z } from 'zod';
import { parseAnswer } from './answer.js';
import { isNotFound } from './gitlab-error.js';

const group = z.object({
  id: z.int(),
  name: z.string(),
  fullPath: z.string(),
  webUrl: z.string().nullish(),
});
const project = z
  .object({
    id: z.int(),
    name: z.string(),
    pathWithNamespace: z.string(),
    defaultBranch: z.string().nullish(),
    archived: z.boolean().default(false),
    webUrl: z.string().nullish(),
  })
  .transform(({ pathWithNamespace, ...rest }) => ({ ...rest, fullPath: pathWithNamespace }));

/** A GitLab group, or a subgroup of one. */
export type Group = z.output<typeof group>;
/** A GitLab project; `fullPath` is such as `acme/web`. */
export type Project = z.output<typeof project>;

export interface Places {
  /** By its full path, or by its number, which stays when it is renamed. Undefined where there is none that the token may see. */
  findGroup(place: string | number): Promise<Group | undefined>;
  /** Likewise. */
  findProject(place: string | number): Promise<Project | undefined>;
  /** All projects of a group and of the groups below it, archived ones left out. */
  listProjectsOfGroup(groupId: number): Promise<Project[]>;
  /** All projects that the token's user sees, archived ones left out: an administrator sees every one of the instance. */
  listProjects(): Promise<Project[]>;
}

const PAGE = { perPage: 100, archived: false } as const;

/** Groups and projects, as far as pools are attached to them. */
export const createPlaces = ({ groups, projects }: { groups: Groups; projects: Projects }): Places => ({
  findGroup: (place) =>
    orUndefined(async () =>
      parseAnswer('GET groups/:id', group, await groups.show(place, { withProjects: false })),
    ),
  findProject: (place) =>
    orUndefined(async () => parseAnswer('GET projects/:id', project, await projects.show(place))),
  listProjectsOfGroup: async (groupId) =>
    parseAnswer(
      'GET groups/:id/projects',
      z.array(project),
      await groups.allProjects(groupId, { ...PAGE, includeSubgroups: true, withShared: false }),
    ),
  listProjects: async () => parseAnswer('GET projects', z.array(project), await projects.all(PAGE)),
});

async function orUndefined<T>(find: () => Promise<T>): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
