import { jobStatus, type Job, type JobFacts } from '../domain/job.js';
import { covers } from '../domain/job-matching.js';
import type { Pool } from '../ledger-port.js';
import type { Connection, GitLabProject, Ports } from '../ports.js';

/** What is known of a project before GitLab is asked about its jobs. */
export interface AroundJobs {
  readonly connection: Connection;
  readonly project: GitLabProject;
  readonly pools: readonly Pool[];
  /** Jobs of which it is known already. */
  readonly known: readonly Pick<Job, 'gitlabJobId' | 'refProtected'>[];
}

/**
 * Adds to the facts of jobs that wait whether their refs are protected. GitLab is asked once for each ref, and only
 * where some pool is for protected refs: for all others it does not matter.
 */
export const askForProtection = async (
  { gitlab }: Pick<Ports, 'gitlab'>,
  { connection, project, pools, known }: AroundJobs,
  facts: readonly JobFacts[],
): Promise<JobFacts[]> => {
  const place = { connectionId: connection.id, projectPath: project.path };
  if (!pools.some((pool) => pool.protectedRefsOnly && covers(pool, place))) return [...facts];
  const answers = new Map(known.map(({ gitlabJobId, refProtected }) => [gitlabJobId, refProtected]));
  const ofRefs = new Map<string, boolean>();
  const asked: JobFacts[] = [];
  for (const job of facts) {
    const isOpen =
      jobStatus(job.gitlabStatus) === 'QUEUED' && (answers.get(job.gitlabJobId) ?? null) === null;
    const key = `${job.refIsTag ? 'tag' : 'branch'} ${job.ref}`;
    if (isOpen && !ofRefs.has(key)) ofRefs.set(key, await gitlab.isProtected(connection, project, job));
    asked.push(isOpen ? { ...job, refProtected: ofRefs.get(key) } : job);
  }
  return asked;
};
