import { randomUUID } from 'node:crypto';
import type { Clock } from '@cleanroom/kernel';
import { LeasedWork, type Database } from '@cleanroom/persistence';
import { inTraceOf } from '@cleanroom/service-kit';
import { checkGitLabConnection, checkHetznerProject } from '../actions/check-connection.js';
import { keepStaticIp } from '../actions/keep-static-ip.js';
import type { IdentityPorts, WorkLease, WorkTable } from '../ports.js';

export interface IdentityWorkOptions {
  actions: IdentityPorts;
  db: Database;
  clock: Clock;
  /** How long a row stays with a process that says nothing, in real seconds. */
  leaseSeconds: number;
}

const steps: Record<WorkTable, (ports: IdentityPorts, lease: WorkLease) => Promise<void>> = {
  static_ip: keepStaticIp,
  hetzner_check: checkHetznerProject,
  gitlab_check: checkGitLabConnection,
};

/** What this service does by itself, one worker per table of work. */
export function identityWork({ actions, db, clock, leaseSeconds }: IdentityWorkOptions): LeasedWork[] {
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
        step: (lease) => inTraceOf(lease.traceParent, () => step(actions, lease)),
      }),
  );
}
