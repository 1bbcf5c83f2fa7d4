import { In, type EntityManager } from 'typeorm';
import type { Job } from '../../domain/job.js';
import { covers, serves } from '../../domain/job-matching.js';
import { lineUp, type InLine } from '../../domain/line.js';
import { nearestPool } from '../../domain/nearest-pool.js';
import type { Waiting, WaitingPool } from '../../domain/why-waiting.js';
import type { Pool } from '../../ledger-port.js';
import { ConnectionTable } from './connection.table.js';
import { HetznerProjectTable } from './hetzner-project.table.js';
import { JobTable } from './job.table.js';
import { PoolTable } from './pool.table.js';
import { readinessStore } from './readiness.store.js';
import { RunnerTable } from './runner.table.js';

/** What is known around those of these jobs that are queued, by job. */
export const readWaiting = async (
  tx: EntityManager,
  ids: readonly string[],
): Promise<Map<string, Waiting>> => {
  const jobs = await tx.getRepository(JobTable).findBy({ id: In([...ids]), status: 'QUEUED' });
  const connectionIds = [...new Set(jobs.map(({ connectionId }) => connectionId))];
  const pools = await tx.getRepository(PoolTable).findBy({ connectionId: In(connectionIds), deleted: false });
  const counting = pools.filter(({ id }) => jobs.some(({ poolId }) => poolId === id));
  const around = new Map<string, PoolAround>();
  for (const pool of counting) around.set(pool.id, await readPool(tx, pool));
  return new Map(jobs.map((job) => [job.id, waitingOf(job, pools, around.get(job.poolId ?? ''))]));
};

interface PoolAround {
  readonly pool: WaitingPool;
  /** Jobs by their place in the line. */
  readonly places: ReadonlyMap<string, number>;
}

const waitingOf = (job: Job, pools: readonly Pool[], around: PoolAround | undefined): Waiting => {
  const covering = pools.filter((candidate) => !candidate.deleting && covers(candidate, job));
  const nearest = nearestPool(job.tags, covering);
  return {
    tags: job.tags,
    covered: covering.length > 0,
    ahead: around?.places.get(job.id) ?? 0,
    ...(covering.some((candidate) => serves(candidate, job.tags)) && { unprotected: job }),
    ...(nearest && { nearest }),
    ...(around && { pool: around.pool }),
  };
};

async function readPool(tx: EntityManager, pool: Pool): Promise<PoolAround> {
  const runners = await tx.getRepository(RunnerTable).findBy({ poolId: pool.id });
  const measured = await readinessStore(tx).of(pool.id);
  const refusedBy = await readRefusing(tx, pool);
  const disconnected = await tx
    .getRepository(ConnectionTable)
    .existsBy({ id: pool.connectionId, deleted: true });
  const line = lineUp(pool.scopeKind, await readQueue(tx, pool.id), await readRunning(tx, pool.id));
  return {
    pool: {
      ...pool,
      runners: runners.filter(({ state }) => state !== 'DELETED'),
      ...{ measured, refusedBy, disconnected },
    },
    places: new Map(line.map(({ id }, place) => [id, place])),
  };
}

async function readRefusing(tx: EntityManager, pool: Pool): Promise<WaitingPool['refusedBy']> {
  const status = 'CREDENTIALS_INVALID' as const;
  const gitlab = await tx.getRepository(ConnectionTable).existsBy({ id: pool.connectionId, status });
  const hetzner = await tx.getRepository(HetznerProjectTable).existsBy({ id: pool.hetznerProjectId, status });
  return [...(gitlab ? (['GitLab'] as const) : []), ...(hetzner ? (['Hetzner'] as const) : [])];
}

const readQueue = (tx: EntityManager, poolId: string): Promise<InLine[]> =>
  tx.getRepository(JobTable).find({
    select: { id: true, projectId: true, gitlabJobId: true },
    where: { poolId, status: 'QUEUED' },
  });

const running = `
  SELECT project_id::float8 AS "projectId", count(*)::int AS count FROM job
  WHERE pool_id = $1 AND status = 'RUNNING' GROUP BY project_id`;

async function readRunning(tx: EntityManager, poolId: string): Promise<Map<number, number>> {
  const rows = await tx.query<{ projectId: number; count: number }[]>(running, [poolId]);
  return new Map(rows.map(({ projectId, count }) => [projectId, count]));
}
