import type { Branches, Jobs, Tags } from '@gitbeaker/rest';
import { z } from 'zod';
import { instant, parseAnswer } from './answer.js';
import { isNotFound } from './gitlab-error.js';

export const job = z.object({
  id: z.int(),
  name: z.string(),
  stage: z.string(),
  status: z.string(),
  ref: z.string(),
  /** Whether `ref` is a git tag; has nothing to do with runner tags. */
  tag: z.boolean(),
  /** The runner tags that the job asks for. */
  tagList: z.array(z.string()).default([]),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** Seconds spent waiting for a runner. */
  queuedDuration: z.number().nullish(),
  /** Seconds spent running. */
  duration: z.number().nullish(),
  failureReason: z.string().nullish(),
  webUrl: z.string().nullish(),
  pipeline: z.object({ id: z.int(), projectId: z.int().nullish() }),
  runner: z.object({ id: z.int() }).nullish(),
  runnerManager: z.object({ id: z.int(), systemId: z.string() }).nullish(),
});

/** A GitLab CI job, as the REST API tells it. */
export type Job = z.output<typeof job>;

export interface JobCalls {
  getJob(projectId: number, jobId: number): Promise<Job>;
  /** Whether anything stands in a job's log: its runner begins one within seconds. False where the job is gone. */
  hasLog(projectId: number, jobId: number): Promise<boolean>;
  listPendingJobs(projectId: number): Promise<Job[]>;
  listRunningJobs(projectId: number): Promise<Job[]>;
  /**
   * Whether a job's ref is protected, which the job itself does not tell: only then may a `ref_protected` runner take
   * it. False where the branch or tag is gone.
   */
  isRefProtected(projectId: number, of: Pick<Job, 'ref' | 'tag'>): Promise<boolean>;
}

const protectable = z.object({ protected: z.boolean() });

interface Resources {
  readonly jobs: Jobs;
  readonly branches: Branches;
  readonly tags: Tags;
}

/** The job queue of a project; GitLab lists jobs per project only. */
export function createJobCalls({ jobs, branches, tags }: Resources): JobCalls {
  const list = async (projectId: number, scope: 'pending' | 'running') =>
    parseAnswer('GET projects/:id/jobs', z.array(job), await jobs.all(projectId, { scope, perPage: 100 }));
  return {
    getJob: async (projectId, jobId) =>
      parseAnswer('GET projects/:id/jobs/:id', job, await jobs.show(projectId, jobId)),
    hasLog: async (projectId, jobId) => {
      try {
        return Boolean(await jobs.showLog(projectId, jobId));
      } catch (error) {
        if (isNotFound(error)) return false;
        throw error;
      }
    },
    listPendingJobs: (projectId) => list(projectId, 'pending'),
    listRunningJobs: (projectId) => list(projectId, 'running'),
    isRefProtected: async (projectId, { ref, tag }) => {
      try {
        const found = await (tag ? tags : branches).show(projectId, ref);
        return parseAnswer('GET projects/:id/repository', protectable, found).protected;
      } catch (error) {
        if (isNotFound(error)) return false;
        throw error;
      }
    },
  };
}
