import { ancestry } from '../jobs/matching.js';
import type { Group, Project } from '../model.js';
import { notFound } from '../wire/answer.js';
import { pageOf } from '../wire/pages.js';
import type { ApiRequest, UserRoute } from '../wire/route.js';
import type { World } from '../world.js';
import { groupOf, isMember, projectOf, sees } from './visible.js';

const scopes = ['read_api'];

/** Groups, projects, and the refs of projects. */
export const placeRoutes = (world: World): UserRoute[] => [
  ...groupRoutes(world),
  ...projectRoutes(world),
  ...refRoutes(world),
];

const groupRoutes = (world: World): UserRoute[] => [
  get('list_groups', '/groups', (request, caller) => {
    const visible = world.state.groups.filter(({ fullPath }) => sees(caller, fullPath));
    return page(
      world,
      request,
      '/groups',
      visible.map((group) => groupEntity(world, group)),
    );
  }),
  get('get_group', '/groups/:id', (request, caller) => ({
    status: 200,
    body: groupEntity(world, groupOf(world, request, caller)),
  })),
  get('list_projects', '/groups/:id/projects', (request, caller) => {
    const { id } = groupOf(world, request, caller);
    const deep = request.query.include_subgroups === 'true';
    const inside = world.state.projects.filter(({ groupId }) =>
      deep ? ancestry(groupId, world.state.groups).includes(id) : groupId === id,
    );
    return page(
      world,
      request,
      `/groups/${id}/projects`,
      inside.map((one) => projectEntity(world, one)),
    );
  }),
];

const projectRoutes = (world: World): UserRoute[] => [
  get('list_projects', '/projects', (request, caller) => {
    const shows = request.query.membership === 'true' ? isMember : sees;
    const visible = world.state.projects.filter(({ fullPath }) => shows(caller, fullPath));
    return page(
      world,
      request,
      '/projects',
      visible.map((one) => projectEntity(world, one)),
    );
  }),
  get('get_project', '/projects/:id', (request, caller) => ({
    status: 200,
    body: projectEntity(world, projectOf(world, request, caller)),
  })),
];

const refRoutes = (world: World): UserRoute[] => [
  get('get_branch', '/projects/:id/repository/branches/:ref', (request, caller) => {
    const project = projectOf(world, request, caller);
    const ref = known(project.branches, request, 'Branch');
    return { status: 200, body: { ...refEntity(project, ref), default: ref === project.defaultBranch } };
  }),
  get('get_tag', '/projects/:id/repository/tags/:ref', (request, caller) => {
    const project = projectOf(world, request, caller);
    return { status: 200, body: refEntity(project, known(project.gitTags, request, 'Tag')) };
  }),
];

const get = (operation: string, url: string, handle: UserRoute['handle']): UserRoute => ({
  operation,
  method: 'GET',
  url,
  scopes,
  handle,
});

const page = (world: World, request: ApiRequest, path: string, items: readonly unknown[]) =>
  pageOf(request, world.url(), path, items);

function known(refs: readonly string[], { params }: ApiRequest, kind: string): string {
  const ref = refs.find((one) => one === params.ref);
  if (ref === undefined) throw notFound(kind);
  return ref;
}

const refEntity = (project: Project, ref: string) => ({
  name: ref,
  protected: project.protectedRefs.includes(ref),
});

const groupEntity = (world: World, { id, path, fullPath, parentId, createdAt }: Group) => ({
  id,
  web_url: `${world.url()}/groups/${fullPath}`,
  name: path,
  path,
  description: '',
  visibility: 'private',
  full_name: fullPath.replaceAll('/', ' / '),
  full_path: fullPath,
  created_at: createdAt,
  parent_id: parentId,
});

const projectEntity = (world: World, { id, path, fullPath, defaultBranch, createdAt, groupId }: Project) => ({
  id,
  description: null,
  name: path,
  name_with_namespace: fullPath.replaceAll('/', ' / '),
  path,
  path_with_namespace: fullPath,
  created_at: createdAt,
  default_branch: defaultBranch,
  web_url: `${world.url()}/${fullPath}`,
  http_url_to_repo: `${world.url()}/${fullPath}.git`,
  namespace: { id: groupId, kind: 'group', full_path: fullPath.slice(0, -path.length - 1) },
  visibility: 'private',
  archived: false,
});
