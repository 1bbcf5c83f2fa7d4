import { jobEntity } from '../api/job-entity.js';
import { jobOf, needRole, projectOf } from '../api/visible.js';
import type { AccessToken } from '../access-tokens.js';
import type { Job } from '../model.js';
import { notFound } from '../wire/answer.js';
import type { Answer } from '../wire/answer.js';
import type { ApiRequest, UserRoute } from '../wire/route.js';
import type { World } from '../world.js';
import { artifactsOf, sweepArtifacts } from './artifacts-of.js';
import { archive } from './download-artifact-route.js';

const ARTIFACTS = '/projects/:id/jobs/:jobId/artifacts';

/** What people do with the artifacts of a job. */
export const artifactRoutes = (world: World): UserRoute[] => [
  {
    ...{ operation: 'get_job_artifacts', method: 'GET', url: ARTIFACTS, scopes: ['read_api'] },
    handle: (request, caller) => archive(world, jobFor(world, request, caller)),
  },
  {
    ...{ operation: 'keep_job_artifacts', method: 'POST', url: `${ARTIFACTS}/keep`, scopes: [] },
    handle: (request, caller) => keep(world, jobFor(world, request, caller, true)),
  },
  {
    ...{ operation: 'delete_job_artifacts', method: 'DELETE', url: ARTIFACTS, scopes: [] },
    handle: (request, caller) => remove(world, jobFor(world, request, caller, true)),
  },
];

function jobFor(world: World, request: ApiRequest, caller: AccessToken, changes = false): Job {
  const job = jobOf(world, projectOf(world, request, caller), request);
  if (changes) needRole(caller, 'maintainer');
  return job;
}

function keep(world: World, job: Job): Answer {
  const kept = artifactsOf(world, job);
  if (kept.length === 0) throw notFound('File');
  job.artifacts = kept.map((artifact) => ({ ...artifact, expireAt: null }));
  world.changed();
  return { status: 200, body: jobEntity(world, job) };
}

function remove(world: World, job: Job): Answer {
  delete job.artifacts;
  sweepArtifacts(world);
  return { status: 204 };
}
