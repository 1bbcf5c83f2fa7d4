import { createGitLabClient, type GitLabClient, type Job, type Project } from '@cleanroom/gitlab';
import type { Secret } from '@cleanroom/secrets';
import { SparingFetch } from '@cleanroom/service-kit';
import type { JobFacts } from '../../domain/job.js';
import type { Connection, FoundScope, GitLab, GitLabProject, Scope } from '../../ports.js';
import { askingForMaybe } from './gitlab-error.js';
import { hookCalls } from './hook-calls.js';

export interface GitLabOptions {
  /** Opens the access token that identity encrypted for this service. */
  readonly openToken: (connection: Connection) => Promise<Secret>;
  /** Reaches only addresses that a customer may name. */
  readonly fetch: typeof fetch;
}

/** Of one call; a step makes several within its lease. */
const TIMEOUT_MS = 5_000;

/** GitLab over its REST API, with the token of each connection. */
export const gitlabOver = ({ openToken, fetch }: GitLabOptions): GitLab => {
  // Of a connection with many projects each poll would wait for a GitLab that is silent, and all other customers with it.
  const sparing = new SparingFetch(fetch);
  const clientOf = async (connection: Connection): Promise<GitLabClient> =>
    createGitLabClient({
      url: connection.url,
      token: (await openToken(connection)).reveal(),
      fetch: sparing.of(connection.id),
      timeoutMs: TIMEOUT_MS,
      // A step that fails is repeated as a whole, later.
      retryDelaysMs: [],
    });
  return {
    async lookInto(connection, scope) {
      const client = await clientOf(connection);
      return (await askingForMaybe(() => look(client, scope))) ?? { path: undefined, projects: [] };
    },
    async activeJobs(connection, project) {
      const client = await clientOf(connection);
      const found = await askingForMaybe(async () => [
        // Pending first: a job that starts between the two answers is then in both, and not in neither.
        ...(await client.listPendingJobs(project.id)),
        ...(await client.listRunningJobs(project.id)),
      ]);
      return found?.map((job) => factsOf(job, project));
    },
    async job(connection, project, gitlabJobId) {
      const client = await clientOf(connection);
      const found = await askingForMaybe(() => client.getJob(project.id, gitlabJobId));
      return found && factsOf(found, project);
    },
    async isProtected(connection, project, { ref, refIsTag: tag }) {
      const client = await clientOf(connection);
      return (await askingForMaybe(() => client.isRefProtected(project.id, { ref, tag }))) ?? false;
    },
    ...hookCalls(clientOf),
  };
};

/** By its number: paths change. */
async function look(client: GitLabClient, { kind, path, id }: Scope): Promise<FoundScope> {
  if (kind === 'INSTANCE') return { path, projects: (await client.listProjects()).map(projectOf) };
  const place = id > 0 ? id : path;
  if (kind === 'PROJECT') {
    const project = await client.findProject(place);
    return { path: project?.fullPath, projects: project ? [projectOf(project)] : [] };
  }
  const group = await client.findGroup(place);
  const projects = group ? await client.listProjectsOfGroup(group.id) : [];
  return { path: group?.fullPath, projects: projects.map(projectOf) };
}

const projectOf = ({ id, fullPath }: Project): GitLabProject => ({ id, path: fullPath });

const factsOf = (job: Job, project: GitLabProject): JobFacts => ({
  projectId: project.id,
  projectPath: project.path,
  gitlabJobId: job.id,
  name: job.name,
  gitlabStatus: job.status,
  tags: job.tagList,
  ref: job.ref,
  refIsTag: job.tag,
  gitlabRunnerId: job.runner?.id,
  createdAt: job.createdAt,
  startedAt: job.startedAt ?? undefined,
  finishedAt: job.finishedAt ?? undefined,
  queuedSeconds: job.queuedDuration ?? undefined,
});
