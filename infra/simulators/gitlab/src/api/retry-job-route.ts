import { retryJob } from '../jobs/retry-job.js';
import { forbidden } from '../wire/answer.js';
import type { UserRoute } from '../wire/route.js';
import type { World } from '../world.js';
import { jobEntity } from './job-entity.js';
import { jobOf, needRole, projectOf } from './visible.js';

/** `POST /projects/:id/jobs/:job_id/retry`: answers with the new job. */
export const retryJobRoute = (world: World): UserRoute => ({
  operation: 'retry_job',
  method: 'POST',
  url: '/projects/:id/jobs/:jobId/retry',
  scopes: [],
  handle: (request, caller) => {
    const job = jobOf(world, projectOf(world, request, caller), request);
    needRole(caller, 'developer');
    const retry = retryJob(world, job);
    if (!retry) throw forbidden('Job is not retryable');
    return { status: 201, body: jobEntity(world, retry) };
  },
});
