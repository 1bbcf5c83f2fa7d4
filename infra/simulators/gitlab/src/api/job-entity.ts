import { archiveOf, artifactsOf } from '../artifacts/artifacts-of.js';
import type { Job } from '../model.js';
import type { World } from '../world.js';
import { managerEntity, runnerEntity } from './runner-entities.js';

const seconds = (from: string | null, to: string | null, now: Date): number | null =>
  from === null ? null : ((to === null ? now.getTime() : Date.parse(to)) - Date.parse(from)) / 1000;

/** A commit that is made up, but always the same for a pipeline. */
export const shaOf = ({ pipelineId }: Pick<Job, 'pipelineId'>): string =>
  pipelineId.toString(16).padStart(40, 'c0ffee');

/** A job as the REST API tells it. Whether its ref is protected is not part of it. */
export function jobEntity(world: World, job: Job) {
  const { state, clock } = world;
  const now = clock.now();
  const project = state.projects.find(({ id }) => id === job.projectId);
  const runner = state.runners.find(({ id }) => id === job.runnerId);
  const manager = state.managers.find(({ id }) => id === job.managerId);
  const pipelineStatus = job.finishedAt === null ? 'running' : job.status;
  return {
    id: job.id,
    status: job.status,
    stage: job.stage,
    name: job.name,
    ref: job.ref,
    tag: job.isGitTag,
    coverage: null,
    allow_failure: false,
    created_at: job.createdAt,
    started_at: job.startedAt,
    finished_at: job.finishedAt,
    erased_at: null,
    duration: seconds(job.startedAt, job.finishedAt, now),
    queued_duration: seconds(job.createdAt, job.startedAt ?? job.finishedAt, now),
    ...(job.failureReason === null ? {} : { failure_reason: job.failureReason }),
    pipeline: {
      id: job.pipelineId,
      project_id: job.projectId,
      sha: shaOf(job),
      ref: job.ref,
      status: pipelineStatus,
      source: 'push',
    },
    web_url: `${world.url()}/${project?.fullPath}/-/jobs/${job.id}`,
    project: { ci_job_token_scope_enabled: false },
    ...artifactParts(world, job),
    runner: runner ? runnerEntity(world, runner) : null,
    runner_manager: manager ? managerEntity(world, manager) : null,
    tag_list: job.tags,
  };
}

function artifactParts(world: World, job: Job) {
  const artifacts = artifactsOf(world, job);
  const archive = archiveOf(world, job);
  return {
    artifacts: artifacts.map(({ type, size, filename, format }) => ({
      ...{ file_type: type, size, filename, file_format: format },
    })),
    ...(archive ? { artifacts_file: { filename: archive.filename, size: archive.size } } : {}),
    artifacts_expire_at: artifacts.at(-1)?.expireAt ?? null,
  };
}
