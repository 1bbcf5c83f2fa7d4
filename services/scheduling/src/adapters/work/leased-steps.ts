import { LeasedWork, type Database, type Lease } from '@cleanroom/persistence';
import { inTraceOf, withSpan } from '@cleanroom/service-kit';
import { decideEdge } from '../../actions/decide-edge.js';
import { discoverProjects } from '../../actions/discover-projects.js';
import { keepHook } from '../../actions/keep-hook.js';
import { pollProject } from '../../actions/poll-project.js';
import { readHintedJob } from '../../actions/read-hinted-job.js';
import type { WorkTable } from '../../ledger.js';
import { GitLabRefused, GitLabUnavailable, type Claim, type Ports } from '../../ports.js';

interface Step {
  readonly run: (ports: Ports, claim: Claim) => Promise<void>;
  /** More than its calls to GitLab take, and as little as a crash may delay the row. */
  readonly leaseSeconds: number;
  /** Whether it is a part of what made its row due; what comes round by itself is a trace of its own. */
  readonly caused?: boolean;
}

/** Every table of work with what is done for a row of it. */
const steps: Readonly<Record<WorkTable, Step>> = {
  webhook_hint: { run: readHintedJob, leaseSeconds: 15, caused: true },
  gitlab_project: { run: pollProject, leaseSeconds: 60 },
  gitlab_connection: { run: discoverProjects, leaseSeconds: 60 },
  gitlab_hook: { run: keepHook, leaseSeconds: 30 },
  capacity_decision: { run: decideEdge, leaseSeconds: 15 },
};

export interface LeasedStepsOptions {
  readonly db: Database;
  readonly ports: Ports;
  /** Unique per process and start. */
  readonly owner: string;
}

/** The workers of this service, one for each table of work. */
export const leasedSteps = ({ db, ports, owner }: LeasedStepsOptions): LeasedWork[] =>
  Object.entries(steps).map(
    ([table, step]) =>
      new LeasedWork({
        db,
        table,
        owner,
        leaseSeconds: step.leaseSeconds,
        clock: ports.clock,
        log: ports.log,
        // Customers run their own: one that is away for a while is nothing that we could mend.
        isExpected: (error) => error instanceof GitLabUnavailable || error instanceof GitLabRefused,
        step: (lease) =>
          inTraceOf(step.caused ? lease.traceParent : undefined, () =>
            withSpan(`step ${table}`, {}, () => patiently(ports, table as WorkTable, step, lease)),
          ),
      }),
  );

/** Where GitLab names the time at which it may be asked again, it is not asked before. */
async function patiently(ports: Ports, table: WorkTable, step: Step, lease: Lease): Promise<void> {
  try {
    await step.run(ports, lease);
  } catch (error) {
    if (!(error instanceof GitLabUnavailable) || error.retryAfter === undefined) throw error;
    const { clock, transactions } = ports;
    const again = new Date(clock.now().getTime() + error.retryAfter * clock.factor);
    await transactions.run(lease.organizationId, (ledger) => ledger.work.finish(table, lease, again));
  }
}
