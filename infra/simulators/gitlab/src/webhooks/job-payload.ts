import { shaOf } from '../api/job-entity.js';
import { environmentTier } from '../environment-tier.js';
import type { Job, Project } from '../model.js';
import type { World } from '../world.js';

/** The body of a job webhook. The tags that the job asks for are not in it; `tag` is about git. */
export function jobPayload(world: World, job: Job) {
  const { state, clock } = world;
  const project = state.projects.find(({ id }) => id === job.projectId);
  const fullPath = project?.fullPath ?? '';
  const started = job.startedAt === null ? null : Date.parse(job.startedAt);
  const finished = job.finishedAt === null ? clock.now().getTime() : Date.parse(job.finishedAt);
  const queuedUntil = started ?? finished;
  return {
    object_kind: 'build',
    ref: job.ref,
    tag: job.isGitTag,
    before_sha: '0'.repeat(40),
    sha: shaOf(job),
    retries_count: job.retries ?? 0,
    build_id: job.id,
    build_name: job.name,
    build_stage: job.stage,
    build_status: job.status,
    ...dates(job),
    build_duration: started === null ? null : (finished - started) / 1000,
    build_queued_duration: (queuedUntil - Date.parse(job.createdAt)) / 1000,
    build_allow_failure: false,
    build_failure_reason: job.failureReason ?? 'unknown_failure',
    pipeline_id: job.pipelineId,
    runner: runnerPart(world, job),
    project_id: job.projectId,
    project_name: fullPath.replaceAll('/', ' / '),
    user: { id: 1, name: 'owner', username: 'owner', avatar_url: null, email: '[REDACTED]' },
    commit: { id: job.pipelineId, sha: shaOf(job), message: 'Change something', status: 'running' },
    repository: { name: project?.path, homepage: `${world.url()}/${fullPath}`, visibility_level: 0 },
    project: projectPart(project),
    environment: environmentPart(job),
  };
}

function environmentPart({ definition }: Job) {
  const environment = definition?.environment;
  if (!environment) return null;
  const { name, action, tier = environmentTier(name) } = environment;
  return { name, action, deployment_tier: tier };
}

const projectPart = (project: Project | undefined) => ({
  id: project?.id,
  name: project?.path,
  namespace: project?.fullPath.split('/')[0],
  path_with_namespace: project?.fullPath,
  default_branch: project?.defaultBranch,
});

/** Each date in both forms that GitLab sends. */
const dates = ({ createdAt, startedAt, finishedAt }: Job) => ({
  build_created_at: spaced(createdAt),
  build_started_at: spaced(startedAt),
  build_finished_at: spaced(finishedAt),
  build_created_at_iso: createdAt,
  build_started_at_iso: startedAt,
  build_finished_at_iso: finishedAt,
});

const spaced = (at: string | null): string | null =>
  at === null ? null : at.replace(/^(.{10})T(.{8}).*$/, '$1 $2 UTC');

function runnerPart({ state }: World, { runnerId }: Job) {
  const runner = state.runners.find(({ id }) => id === runnerId);
  if (!runner) return null;
  const { id, description, type, paused, tags } = runner;
  return { id, description, runner_type: type, active: !paused, is_shared: type === 'instance_type', tags };
}
