import { In, LessThan, type EntityManager, type FindOptionsWhere } from 'typeorm';
import type { Job, JobStatus } from '../../domain/job.js';
import { JobTable } from './job.table.js';

/** Which jobs of an organisation, newest first. */
export interface JobPage {
  readonly limit: number;
  /** Id of the last job of the page before. */
  readonly after?: string;
  readonly statuses?: readonly JobStatus[];
}

/** One page of jobs, one more than asked for where there are more, and how many there are in all. */
export const readJobs = async (
  tx: EntityManager,
  { limit, after, statuses }: JobPage,
): Promise<{ jobs: Job[]; totalCount: number }> => {
  const rows = tx.getRepository(JobTable);
  const all: FindOptionsWhere<Job> = statuses ? { status: In([...statuses]) } : {};
  const where = after === undefined ? all : { ...all, id: LessThan(after) };
  const jobs = await rows.find({ where, order: { id: 'DESC' }, take: limit + 1 });
  return { jobs, totalCount: await rows.countBy(all) };
};

export const readJobsById = (tx: EntityManager, ids: readonly string[]): Promise<Job[]> =>
  tx.getRepository(JobTable).findBy({ id: In([...ids]) });

const running = `
  SELECT known.runner_id AS "runnerId", job.id AS "jobId" FROM gitlab_runner AS known
  JOIN pool ON pool.id = known.pool_id
  JOIN job ON job.connection_id = pool.connection_id AND job.gitlab_runner_id = known.gitlab_runner_id
  WHERE job.status = 'RUNNING' AND known.runner_id = ANY($1) ORDER BY job.id`;

/** The jobs that run on these runners now, by runner. */
export const readCurrentJobs = async (
  tx: EntityManager,
  runnerIds: readonly string[],
): Promise<Map<string, Job>> => {
  const pairs = await tx.query<{ runnerId: string; jobId: string }[]>(running, [runnerIds]);
  const jobs = await readJobsById(
    tx,
    pairs.map(({ jobId }) => jobId),
  );
  const byId = new Map(jobs.map((job) => [job.id, job]));
  return new Map(pairs.flatMap(({ runnerId, jobId }) => entry(runnerId, byId.get(jobId))));
};

const takers = `
  SELECT job.id AS "jobId", known.runner_id AS "runnerId" FROM job
  JOIN pool ON pool.connection_id = job.connection_id
  JOIN gitlab_runner AS known ON known.pool_id = pool.id AND known.gitlab_runner_id = job.gitlab_runner_id
  WHERE job.id = ANY($1)`;

/** The runners that took these jobs, by job; a job that a foreign runner took has none. */
export const readTakers = async (
  tx: EntityManager,
  jobIds: readonly string[],
): Promise<Map<string, string>> => {
  const pairs = await tx.query<{ jobId: string; runnerId: string }[]>(takers, [jobIds]);
  return new Map(pairs.map(({ jobId, runnerId }) => [jobId, runnerId]));
};

const entry = <V>(key: string, value: V | undefined): [string, V][] =>
  value === undefined ? [] : [[key, value]];
