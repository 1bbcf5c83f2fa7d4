import type { EntityManager } from 'typeorm';
import type { Ledger } from '../../ledger-port.js';
import { GitLabRunnerTable, RunnerTable } from './runner.table.js';

// The number is GitLab's, so it means something within one connection only; the pool leads to it.
const taker = `
  SELECT known.runner_id AS "runnerId", known.pool_id AS "poolId" FROM gitlab_runner AS known
  JOIN pool ON pool.id = known.pool_id
  WHERE pool.connection_id = $1 AND known.gitlab_runner_id = $2 LIMIT 1`;

export const runnerStore = (tx: EntityManager): Ledger['runners'] => {
  const rows = tx.getRepository(RunnerTable);
  return {
    find: async (id) => (await rows.findOneBy({ id })) ?? undefined,
    of: (poolId) => rows.find({ where: { poolId }, order: { id: 'ASC' } }),
    async save(runner) {
      await rows.upsert(runner, ['id']);
      const { id: runnerId, gitlabRunnerId, organizationId, poolId } = runner;
      if (gitlabRunnerId === null) return;
      const known = { runnerId, gitlabRunnerId, organizationId, poolId };
      await tx.getRepository(GitLabRunnerTable).upsert(known, ['runnerId', 'gitlabRunnerId']);
    },
    async takerOf(connectionId, gitlabRunnerId) {
      const found: { runnerId: string; poolId: string }[] = await tx.query(taker, [
        connectionId,
        gitlabRunnerId,
      ]);
      return found[0];
    },
  };
};
