import { z } from 'zod';
import { cancelJob } from '../jobs/job-life.js';
import { jobStatuses } from '../jobs/job-statuses.js';
import { uncountedPageOf } from '../wire/pages.js';
import type { UserRoute } from '../wire/route.js';
import type { World } from '../world.js';
import { jobEntity } from './job-entity.js';
import { oneOf } from './one-of.js';
import { jobOf, needRole, projectOf } from './visible.js';

const cancellation = z.object({ force: z.stringbool().or(z.boolean()).default(false) });

/** The jobs of a project. */
export const jobRoutes = (world: World): UserRoute[] => [
  listProjectJobsRoute(world),
  getJobRoute(world),
  cancelJobRoute(world),
  getJobTraceRoute(world),
];

const listProjectJobsRoute = (world: World): UserRoute => ({
  operation: 'list_jobs',
  method: 'GET',
  url: '/projects/:id/jobs',
  scopes: ['read_api'],
  handle: (request, caller) => {
    const { id } = projectOf(world, request, caller);
    const wanted = oneOf(request, 'scope', jobStatuses);
    const jobs = world.state.jobs
      .filter(({ projectId, status }) => projectId === id && (wanted.length === 0 || wanted.includes(status)))
      .reverse();
    const path = `/projects/${id}/jobs`;
    return uncountedPageOf(request, world.url(), path, jobs, (job) => jobEntity(world, job));
  },
});

const getJobRoute = (world: World): UserRoute => ({
  operation: 'get_job',
  method: 'GET',
  url: '/projects/:id/jobs/:jobId',
  scopes: ['read_api'],
  handle: (request, caller) => {
    const job = jobOf(world, projectOf(world, request, caller), request);
    return { status: 200, body: jobEntity(world, job) };
  },
});

const getJobTraceRoute = (world: World): UserRoute => ({
  operation: 'get_job_trace',
  method: 'GET',
  url: '/projects/:id/jobs/:jobId/trace',
  scopes: ['read_api'],
  handle: (request, caller) => {
    const job = jobOf(world, projectOf(world, request, caller), request);
    needRole(caller, 'developer');
    const content = world.traces.read(job.id, job.traceSize);
    const headers = { 'content-disposition': `infile; filename="${job.id}.log"` };
    return { status: 200, file: { type: 'text/plain', content }, headers };
  },
});

const cancelJobRoute = (world: World): UserRoute => ({
  operation: 'cancel_job',
  method: 'POST',
  url: '/projects/:id/jobs/:jobId/cancel',
  scopes: [],
  handle: (request, caller) => {
    const job = jobOf(world, projectOf(world, request, caller), request);
    const isForced = cancellation.parse({ ...request.query, ...(request.body as object) }).force;
    needRole(caller, isForced ? 'maintainer' : 'developer');
    cancelJob(world, job, isForced);
    return { status: 201, body: jobEntity(world, job) };
  },
});
