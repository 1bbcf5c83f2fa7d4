import { createGitLabClient, type GitLabClient, type Job } from '@cleanroom/gitlab';
import type { Secret } from '@cleanroom/secrets';
import type { JobFacts } from '../../domain/job.js';
import type { Connection, GitLab, GitLabProject, Scope } from '../../ports.js';
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
  const clientOf = async (connection: Connection): Promise<GitLabClient> =>
    createGitLabClient({
      url: connection.url,
      token: (await openToken(connection)).reveal(),
      fetch,
      timeoutMs: TIMEOUT_MS,
      // A step that fails is repeated as a whole, later.
      retryDelaysMs: [],
    });
  return {
    async projectsIn(connection, scope) {
      const client = await clientOf(connection);
      const found = await askingForMaybe(() => projectsOf(client, scope));
      return (found ?? []).map(({ id, fullPath }) => ({ id, path: fullPath }));
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

const projectsOf = async (client: GitLabClient, { kind, path, id }: Scope) => {
  if (kind === 'GROUP') return client.listProjectsOfGroup(id);
  if (kind === 'INSTANCE') return client.listProjects();
  const project = await client.findProject(path);
  return project ? [project] : [];
};

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
