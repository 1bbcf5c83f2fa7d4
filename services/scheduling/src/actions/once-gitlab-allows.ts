import type { WorkLease } from '@cleanroom/kernel';
import type { WorkTable } from '../ledger-port.js';
import { GitLabUnavailable, type Ports } from '../ports.js';

type Step = (ports: Ports, lease: WorkLease) => Promise<void>;

/** Does a step; where GitLab names the time at which it may be asked again, the row is not due before. */
export const onceGitLabAllows =
  (table: WorkTable, step: Step): Step =>
  async (ports, lease) => {
    try {
      await step(ports, lease);
    } catch (error) {
      if (!(error instanceof GitLabUnavailable) || error.retryAfter === undefined) throw error;
      const { clock, transactions } = ports;
      const again = new Date(clock.now().getTime() + error.retryAfter * clock.factor);
      await transactions.inOrganization(lease.organizationId, (ledger) =>
        ledger.work.finish(table, lease, again),
      );
    }
  };
