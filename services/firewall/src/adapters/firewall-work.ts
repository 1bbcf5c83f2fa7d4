import { randomUUID } from 'node:crypto';
import type { Clock } from '@cleanroom/kernel';
import { LeasedWork, type Database } from '@cleanroom/persistence';
import { inTraceOf } from '@cleanroom/service-kit';
import { keepBaseline } from '../actions/keep-baseline.js';
import { keepPolicyFirewall } from '../actions/keep-policy-firewall.js';
import { verifyMachines } from '../actions/verify-machines.js';
import type { FirewallPorts, WorkLease, WorkTable } from '../ports.js';

export interface FirewallWorkOptions {
  actions: FirewallPorts;
  db: Database;
  clock: Clock;
  /** How long a row stays with a process that says nothing, in real seconds. */
  leaseSeconds: number;
}

const steps: Record<WorkTable, (ports: FirewallPorts, lease: WorkLease) => Promise<void>> = {
  baseline_firewall: keepBaseline,
  policy_firewall: keepPolicyFirewall,
  verification: verifyMachines,
};

/** What this service does by itself, one worker per table of work. */
export function firewallWork({ actions, db, clock, leaseSeconds }: FirewallWorkOptions): LeasedWork[] {
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
