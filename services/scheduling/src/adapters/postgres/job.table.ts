import { EntitySchema } from 'typeorm';
import type { Job } from '../../domain/job.js';
import { bigNumber } from './big-number.js';

/** CI jobs, one row for each of GitLab's. */
export const JobTable = new EntitySchema<Job>({
  name: 'job',
  columns: {
    id: { type: 'text', primary: true },
    organizationId: { type: 'text', name: 'organization_id' },
    version: { type: 'bigint', transformer: bigNumber },
    connectionId: { type: 'text', name: 'connection_id' },
    projectId: { type: 'bigint', name: 'project_id', transformer: bigNumber },
    projectPath: { type: 'text', name: 'project_path' },
    gitlabJobId: { type: 'bigint', name: 'gitlab_job_id', transformer: bigNumber },
    name: { type: 'text' },
    status: { type: 'text' },
    tags: { type: 'text', array: true },
    ref: { type: 'text' },
    refProtected: { type: 'boolean', name: 'ref_protected', nullable: true },
    poolId: { type: 'text', name: 'pool_id', nullable: true },
    gitlabRunnerId: { type: 'bigint', name: 'gitlab_runner_id', nullable: true, transformer: bigNumber },
    queuedAt: { type: 'timestamptz', name: 'queued_at' },
    startedAt: { type: 'timestamptz', name: 'started_at', nullable: true },
    finishedAt: { type: 'timestamptz', name: 'finished_at', nullable: true },
    vanished: { type: 'boolean' },
  },
});
