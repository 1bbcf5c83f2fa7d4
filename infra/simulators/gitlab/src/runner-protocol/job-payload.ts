import { shaOf } from '../api/job-entity.js';
import { idTokensFor } from '../id-tokens.js';
import type { Job, Project, Runner } from '../model.js';
import type { World } from '../world.js';
import { definedParts } from './defined-parts.js';

/** GitLab's default for a job's longest run, in seconds. */
const JOB_TIMEOUT = 3600;
const FAILURE_REASONS = [
  'unknown_failure',
  'script_failure',
  'runner_system_failure',
  'job_execution_timeout',
];

/**
 * What a runner gets when it picks a job, in the form that the Go client of gitlab-runner decodes: a count among it
 * must be a string, and a `run` of null would not decode at all.
 */
export async function jobPayloadFor(
  world: World,
  job: Job,
  project: Project,
  runner: Runner,
  token: string,
): Promise<object> {
  const timeout = Math.min(JOB_TIMEOUT, runner.maximumTimeout ?? JOB_TIMEOUT);
  const idTokens = await idTokensFor(world, { job, project, runner, timeout });
  return {
    id: job.id,
    token,
    allow_git_fetch: true,
    job_info: jobInfo(job, project),
    git_info: gitInfo(world, job, project),
    runner_info: { timeout },
    variables: [
      ...variables(world, job, project, runner),
      ...[['CI_JOB_TOKEN', token] as [string, string], ...idTokens].map(masked),
    ],
    steps: [
      {
        name: 'script',
        script: job.script,
        timeout,
        when: 'on_success',
        allow_failure: false,
      },
    ],
    image: { name: 'alpine:3.20' },
    services: [],
    ...definedParts(world, job, token),
    credentials: [],
    features: { trace_sections: true, failure_reasons: FAILURE_REASONS },
  };
}

const jobInfo = (job: Job, project: Project) => ({
  id: job.id,
  name: job.name,
  stage: job.stage,
  project_id: project.id,
  project_name: project.path,
  time_in_queue_seconds: (Date.parse(job.startedAt ?? job.createdAt) - Date.parse(job.createdAt)) / 1000,
  project_jobs_running_on_instance_runners_count: '0',
});

const gitInfo = (world: World, job: Job, { fullPath }: Project) => ({
  repo_url: `${world.url()}/${fullPath}.git`,
  ref: job.ref,
  sha: shaOf(job),
  before_sha: '0'.repeat(40),
  ref_type: job.isGitTag ? 'tag' : 'branch',
  refspecs: [
    job.isGitTag
      ? `+refs/tags/${job.ref}:refs/tags/${job.ref}`
      : `+refs/heads/${job.ref}:refs/remotes/origin/${job.ref}`,
  ],
  depth: 20,
});

/** `GIT_STRATEGY` none: there is no git server behind the simulator. */
const variables = (world: World, job: Job, { id, fullPath }: Project, runner: Runner) =>
  Object.entries({
    CI: 'true',
    GITLAB_CI: 'true',
    CI_SERVER_URL: world.url(),
    CI_API_V4_URL: `${world.url()}/api/v4`,
    GIT_STRATEGY: 'none',
    CI_JOB_ID: String(job.id),
    CI_JOB_NAME: job.name,
    CI_JOB_STAGE: job.stage,
    CI_PIPELINE_ID: String(job.pipelineId),
    CI_RUNNER_ID: String(runner.id),
    CI_COMMIT_SHA: shaOf(job),
    CI_COMMIT_REF_NAME: job.ref,
    CI_COMMIT_REF_PROTECTED: String(job.protected),
    CI_PROJECT_ID: String(id),
    CI_PROJECT_PATH: fullPath,
    ...job.definition?.variables,
  }).map(([key, value]) => ({ key, value, public: true, file: false, masked: false, raw: true }));

const masked = ([key, value]: [string, string]) => ({
  ...{ key, value, public: false, file: false, masked: true, raw: true },
});
