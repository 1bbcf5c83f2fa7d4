import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { JobStatus as Wire, topics } from '@cleanroom/contracts';
import { appendChange, appendEvent } from '@cleanroom/messaging';
import type { EntityManager } from 'typeorm';
import type { Job, JobStatus } from '../../domain/job.js';
import type { Ledger } from '../../ledger-port.js';

/** The kind of a job's lines in the change log. */
export const JOB_CHANGES = 'job';

const onTheWire: Readonly<Record<JobStatus, Wire>> = {
  QUEUED: Wire.QUEUED,
  RUNNING: Wire.RUNNING,
  SUCCEEDED: Wire.SUCCEEDED,
  FAILED: Wire.FAILED,
  CANCELED: Wire.CANCELED,
};

const maybe = (date: Date | null) => (date === null ? undefined : timestampFromDate(date));

/** Events for the other services, and lines of the change log for subscribers. */
export const eventStore = (tx: EntityManager): Ledger['events'] => ({
  async jobChanged(job, at) {
    await appendEvent(tx, topics.job, messageOf(job), { at });
    const { organizationId, id: subjectId } = job;
    await appendChange(tx, { organizationId, kind: JOB_CHANGES, subjectId, payload: job, at });
  },
  async capacityDecided({ poolId, organizationId, version, because, decidedAt, ...numbers }) {
    const { wanted, busy, warm, queued } = numbers;
    const message = { poolId, organizationId, version: BigInt(version), wanted, busy, warm, queued, because };
    const at = { at: decidedAt };
    await appendEvent(tx, topics.capacity, { ...message, decidedAt: timestampFromDate(decidedAt) }, at);
  },
});

const messageOf = (job: Job) => ({
  jobId: job.id,
  organizationId: job.organizationId,
  version: BigInt(job.version),
  poolId: job.poolId ?? '',
  gitlabConnectionId: job.connectionId,
  gitlabProjectId: BigInt(job.projectId),
  gitlabJobId: BigInt(job.gitlabJobId),
  status: onTheWire[job.status],
  gitlabRunnerId: BigInt(job.gitlabRunnerId ?? 0),
  queuedAt: timestampFromDate(job.queuedAt),
  startedAt: maybe(job.startedAt),
  finishedAt: maybe(job.finishedAt),
});
