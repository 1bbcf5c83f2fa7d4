import { randomUUID } from 'node:crypto';
import { isId, type Clock } from '@cleanroom/kernel';
import { LeasedWork, type Database } from '@cleanroom/persistence';
import { inTraceOf, withLogFields, withSpan, type LogFields } from '@cleanroom/service-kit';
import { decideAwakeRunners } from '../actions/decide-awake-runners.js';
import { observeServers } from '../actions/observe-servers.js';
import { reconcileRunner } from '../actions/reconcile-runner.js';
import { removeOrphanGitLabRunners } from '../actions/remove-orphan-gitlab-runners.js';
import type { ProvisioningPorts, WorkLease, WorkTable } from '../ports.js';

export interface ProvisioningWorkOptions {
  actions: ProvisioningPorts;
  db: Database;
  clock: Clock;
  /** How long a row stays with a process that says nothing, in real seconds. */
  leaseSeconds: number;
}

const steps: Record<WorkTable, (ports: ProvisioningPorts, lease: WorkLease) => Promise<void>> = {
  runner: reconcileRunner,
  pool: decideAwakeRunners,
  observation: (ports, lease) =>
    isId('gitlabConnection', lease.id)
      ? removeOrphanGitLabRunners(ports, lease)
      : observeServers(ports, lease),
};

/** What this service does by itself, one worker per table of work. */
export function provisioningWork({
  actions,
  db,
  clock,
  leaseSeconds,
}: ProvisioningWorkOptions): LeasedWork[] {
  const owner = randomUUID();
  return Object.entries(steps).map(
    ([table, step]) =>
      new LeasedWork({
        db,
        table,
        owner,
        leaseSeconds,
        clock,
        log: actions.log,
        // A step belongs to the trace of what made it necessary: a webhook's trace ends at the order of its server.
        around: (lease, work) =>
          inTraceOf(lease.traceParent, () => withLogFields(fieldsOf(table, lease), work)),
        step: (lease) => withSpan(`${table} step`, {}, () => step(actions, lease)),
      }),
  );
}

/** By these the lines of one runner, or of one pool, are found again. */
const fieldsOf = (table: string, { id, organizationId }: WorkLease): LogFields => ({
  organization: organizationId,
  ...(table === 'runner' || table === 'pool' ? { [table]: id } : {}),
});
