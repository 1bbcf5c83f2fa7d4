import type { WorkLease } from '@cleanroom/kernel';
import type { Hint, Ledger, PolledProject, Pool } from '../ledger-port.js';
import { GitLabRefused, type Connection, type Ports } from '../ports.js';
import type { JobFacts } from '../domain/job.js';
import { absorbJob } from './absorb-job.js';
import { askForProtection } from './ask-for-protection.js';
import { canAsk } from './can-ask.js';
import { decideCapacity } from './decide-capacity.js';

interface Known {
  readonly hint?: Hint;
  readonly connection?: Connection;
  readonly project?: PolledProject;
  readonly pools: readonly Pool[];
}

/**
 * Reads from GitLab the job that a webhook hinted at, takes it up and decides anew. A job that GitLab does not know
 * changes nothing, however well the hint was signed.
 */
export const readHintedJob = async (ports: Ports, lease: WorkLease): Promise<void> => {
  const { transactions, clock } = ports;
  const known = await transactions.inOrganization(lease.organizationId, (ledger) =>
    knownOf(ledger, lease.id),
  );
  const readAt = clock.now();
  const facts = await read(ports, known);
  await transactions.inOrganization(lease.organizationId, async (ledger) => {
    const { hint, connection, project } = known;
    if (connection && facts) {
      const affected = await absorbJob(ports, ledger, connection, facts, readAt);
      await decideCapacity(ledger, affected, clock.now());
    }
    // A project that is new in its group: once it is discovered, it is polled, and that finds the job.
    if (hint && !project) await ledger.work.due('gitlab_connection', hint.connectionId, clock.now());
    await ledger.work.finish('webhook_hint', lease, null);
  });
};

async function knownOf(ledger: Ledger, id: string): Promise<Known> {
  const hint = await ledger.hints.find(id);
  if (!hint) return { pools: [] };
  return {
    hint,
    connection: await ledger.connections.find(hint.connectionId),
    project: await ledger.projects.find(`${hint.connectionId}:${hint.projectId}`),
    pools: await ledger.pools.of(hint.connectionId),
  };
}

async function read(
  ports: Ports,
  { hint, connection, project, pools }: Known,
): Promise<JobFacts | undefined> {
  const { gitlab, log } = ports;
  if (!hint || !connection || !project || !canAsk(connection)) return undefined;
  try {
    const facts = await gitlab.job(connection, project, hint.gitlabJobId);
    return facts && (await askForProtection(ports, { connection, project, pools, known: [] }, [facts]))[0];
  } catch (error) {
    if (!(error instanceof GitLabRefused)) throw error;
    log.warn(
      { connection: connection.id, reason: error.message },
      'GitLab refuses to tell a job; polling goes on',
    );
    return undefined;
  }
}
