import { JobStatus, topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { wakeRunnersWhere } from './wake-runners.js';

const OVER: readonly JobStatus[] = [JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELED];

/**
 * Runners' numbers are unique in one GitLab only. A job that the machine is done with, as its last report or an
 * earlier message told, changes nothing.
 */
const note = `
  UPDATE machine SET job_started = true, job_over = job_over OR $3, gitlab_job_id = $4::bigint
  FROM pool WHERE pool.id = machine.pool_id AND pool.gitlab_connection_id = $1 AND gitlab_runner_id = $2
    AND machine.deleted_at IS NULL AND NOT ($4::bigint::text = ANY(done_jobs)) RETURNING runner_id`;

/** The second witness of a job, beside the machine itself: GitLab said which of our runners took it, and how it ended. */
export const onJob = (clock: Clock) =>
  consumer(topics.job, async (tx, { message }) => {
    if (message.gitlabRunnerId === 0n) return;
    const over = OVER.includes(message.status);
    if (!over && message.status !== JobStatus.RUNNING) return;
    const { gitlabConnectionId, gitlabRunnerId, gitlabJobId } = message;
    const [rows]: [{ runner_id: string }[]] = await tx.query(note, [
      gitlabConnectionId,
      gitlabRunnerId.toString(),
      over,
      gitlabJobId.toString(),
    ]);
    for (const { runner_id: id } of rows) await wakeRunnersWhere(tx, clock, 'id = $1', id);
  });
