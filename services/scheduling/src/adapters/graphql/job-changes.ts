import { followChanges, type FollowedChange } from '@cleanroom/messaging';
import type { Database } from '@cleanroom/persistence';
import { refuseCursor } from '@cleanroom/service-kit';
import type { Job } from '../../domain/job.js';
import { JOB_CHANGES } from '../postgres/event.store.js';

/** One event of the subscription `jobChanged`. */
export interface JobChange {
  readonly cursor: string;
  readonly at: Date;
  /** The job as it was after this change. */
  readonly job: Job;
}

/** The changes of an organisation's jobs, without gap or duplicate, from after the cursor or from now on. */
export const jobChanges = (
  db: Database,
  organizationId: string,
  after: string | undefined,
): AsyncIterableIterator<{ jobChanged: JobChange }> => {
  const changes = followChanges(db, { organizationId, after, kinds: [JOB_CHANGES] });
  // No generator: one that waits for the next change would not end when the subscriber leaves.
  return {
    async next() {
      const { done, value } = await changes.next().catch(refuseCursor);
      return done ? { done, value: undefined } : { done: false, value: { jobChanged: changeOf(value) } };
    },
    async return() {
      await changes.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

const changeOf = ({ cursor, at, payload }: FollowedChange): JobChange => {
  // The change log keeps JSON, in which dates are text.
  const job = payload as Job;
  const dates = {
    queuedAt: new Date(job.queuedAt),
    startedAt: job.startedAt && new Date(job.startedAt),
    finishedAt: job.finishedAt && new Date(job.finishedAt),
  };
  return { cursor, at, job: { ...job, ...dates } };
};
