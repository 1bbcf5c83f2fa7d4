import type { WorkLease } from '@cleanroom/kernel';
import { isOver, jobStatus, type Job, type JobFacts } from '../domain/job.js';
import { pollEvery } from '../domain/poll-every.js';
import type { Ledger, PolledProject, Pool } from '../ledger-port.js';
import type { Connection, Ports } from '../ports.js';
import { absorbAbsence, absorbJob } from './absorb-job.js';
import { askForProtection, type AroundJobs } from './ask-for-protection.js';
import { canAsk } from './can-ask.js';
import { decideCapacity } from './decide-capacity.js';

/** Jobs that are asked for one by one in a single poll; the rest waits for the next. */
const MOST_READS = 20;

/** What one poll has learnt. */
interface Sighting {
  readonly readAt: Date;
  readonly facts: readonly JobFacts[];
  /** Jobs that we hold for open and that GitLab does not know. */
  readonly gone: readonly Job[];
}

/**
 * Compares the open jobs of a project with GitLab's. What a webhook failed to tell is found here. Where GitLab does not
 * answer, the step throws and nothing is concluded: a job that we cannot see still waits.
 */
export const pollProject = async (ports: Ports, lease: WorkLease): Promise<void> => {
  const { transactions, clock } = ports;
  const { project, connection, open, pools } = await transactions.inOrganization(
    lease.organizationId,
    (ledger) => openJobsOf(ledger, lease.id),
  );
  if (!project || !connection || connection.deleted) {
    await transactions.inOrganization(lease.organizationId, (ledger) =>
      ledger.work.finish('gitlab_project', lease, null),
    );
    return;
  }
  const sighting = canAsk(connection)
    ? await look(ports, { connection, project, pools, known: open }, open)
    : undefined;
  await transactions.inOrganization(lease.organizationId, async (ledger) => {
    if (sighting) await takeUp(ports, ledger, connection, sighting);
    const { length } = await ledger.projects.of(connection.id);
    await ledger.work.finish('gitlab_project', lease, new Date(clock.now().getTime() + pollEvery(length)));
  });
};

// Read before GitLab is asked: a job that becomes known meanwhile cannot be missed in the answer.
async function openJobsOf(
  ledger: Ledger,
  projectId: string,
): Promise<{ project?: PolledProject; connection?: Connection; open: Job[]; pools: Pool[] }> {
  const project = await ledger.projects.find(projectId);
  if (!project) return { open: [], pools: [] };
  const connection = await ledger.connections.find(project.connectionId);
  const pools = await ledger.pools.of(project.connectionId);
  return { project, connection, open: await ledger.jobs.openOf(project.connectionId, project.id), pools };
}

async function look(ports: Ports, around: AroundJobs, open: readonly Job[]): Promise<Sighting> {
  const { gitlab, clock } = ports;
  const { connection, project } = around;
  const readAt = clock.now();
  const active = (await gitlab.activeJobs(connection, project)) ?? [];
  const seen = new Set(active.map(({ gitlabJobId }) => gitlabJobId));
  const missed = open.filter(({ gitlabJobId }) => !seen.has(gitlabJobId)).slice(0, MOST_READS);
  const facts = [...active];
  const gone: Job[] = [];
  for (const job of missed) {
    const found = await gitlab.job(connection, project, job.gitlabJobId);
    if (found) facts.push(found);
    else gone.push(job);
  }
  return { readAt, facts: await askForProtection(ports, around, facts), gone };
}

async function takeUp(
  ports: Ports,
  ledger: Ledger,
  connection: Connection,
  sighting: Sighting,
): Promise<void> {
  const { facts, gone, readAt } = sighting;
  const found = [
    ...facts.filter(isOfInterest).map((fact) => ({
      number: fact.gitlabJobId,
      absorb: () => absorbJob(ports, ledger, connection, fact, readAt),
    })),
    ...gone
      .filter(({ status }) => !isOver(status))
      .map((job) => ({ number: job.gitlabJobId, absorb: () => absorbAbsence(ledger, job, readAt) })),
  ];
  const affected: (string | null)[] = [];
  // In the order of their numbers, as everybody locks jobs.
  for (const { absorb } of found.sort((a, b) => a.number - b.number)) affected.push(...(await absorb()));
  await decideCapacity(ledger, affected, ports.clock.now());
}

const isOfInterest = ({ gitlabStatus }: JobFacts): boolean => jobStatus(gitlabStatus) !== undefined;
