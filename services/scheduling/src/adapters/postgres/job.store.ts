import { In, type EntityManager } from 'typeorm';
import type { DemandJob } from '../../domain/demand.js';
import type { Job } from '../../domain/job.js';
import type { Ledger } from '../../ledger-port.js';
import { JobTable } from './job.table.js';

const demand = `
  SELECT status, gitlab_runner_id::float8 AS "gitlabRunnerId", finished_at AS "finishedAt" FROM job
  WHERE pool_id = $1 AND status = 'QUEUED'
  UNION ALL
  SELECT status, gitlab_runner_id::float8, finished_at FROM job
  WHERE connection_id = $2 AND gitlab_runner_id IN (SELECT gitlab_runner_id FROM runner WHERE pool_id = $1)`;

export const jobStore = (tx: EntityManager): Ledger['jobs'] => {
  const rows = tx.getRepository(JobTable);
  return {
    async lock(connectionId, projectId, gitlabJobId) {
      const where = { connectionId, projectId, gitlabJobId };
      return (await rows.findOne({ where, lock: { mode: 'pessimistic_write' } })) ?? undefined;
    },
    async insert(job) {
      const values = { ...job, tags: [...job.tags] };
      const { raw } = await rows
        .createQueryBuilder()
        .insert()
        .values(values)
        .orIgnore()
        .returning('id')
        .execute();
      return (raw as unknown[]).length > 0;
    },
    update: async (job) => void (await rows.update({ id: job.id }, { ...job, tags: [...job.tags] })),
    lockQueued: (connectionId) =>
      rows.find({
        where: { connectionId, status: 'QUEUED' },
        // Everybody locks jobs in this order, so that nobody waits in a circle.
        order: { projectId: 'ASC', gitlabJobId: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      }),
    openOf: (connectionId, projectId) =>
      rows.find({
        where: { connectionId, projectId, status: In(['QUEUED', 'RUNNING'] satisfies Job['status'][]) },
        order: { gitlabJobId: 'ASC' },
      }),
    demandOf: (pool) => tx.query<DemandJob[]>(demand, [pool.id, pool.connectionId]),
  };
};
