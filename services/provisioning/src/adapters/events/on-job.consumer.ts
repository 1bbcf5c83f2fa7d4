import { JobStatus, topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { wakeRunnersWhere } from './wake-runners.js';

const OVER: readonly JobStatus[] = [JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELED];

/** Whether the machine has begun another job, of which it is known which. */
const IS_OTHER = `(job_started AND gitlab_job_id NOT IN (0, $4::bigint))`;

/**
 * Runners' numbers are unique in one GitLab only. A job that the machine is done with, as its last report or an earlier
 * message told, changes nothing. Of two jobs the one that runs is the later: the one before is done with, and what was
 * heard of its end says nothing of this one. One that is over may be either.
 */
const note = `
  UPDATE machine SET job_started = true,
    job_over = CASE WHEN ${IS_OTHER} THEN job_over AND $3 ELSE job_over OR $3 END,
    quiet = quiet AND ($3 OR NOT job_started OR gitlab_job_id = $4::bigint),
    gitlab_job_id = CASE WHEN ${IS_OTHER} AND $3 THEN gitlab_job_id ELSE $4::bigint END,
    done_jobs = CASE WHEN ${IS_OTHER} THEN done_jobs || (CASE WHEN $3 THEN $4::bigint ELSE gitlab_job_id END)::text
      ELSE done_jobs END
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
