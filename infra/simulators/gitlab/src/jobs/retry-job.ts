import type { Job } from '../model.js';
import type { World } from '../world.js';
import { queueJob } from './job-life.js';

const OVER = new Set<Job['status']>(['success', 'failed', 'canceled']);

/**
 * What a person's click on "Retry" does: the same job again, with an id of its own, in the same pipeline. Undefined where
 * the job is not over, or was done again already: GitLab retries only the newest of its tries.
 */
export function retryJob(world: World, job: Job): Job | undefined {
  const project = world.state.projects.find(({ id }) => id === job.projectId);
  if (!project || !OVER.has(job.status) || job.retried) return undefined;
  job.retried = true;
  return queueJob(world, project, { ...job, retryOf: job });
}
