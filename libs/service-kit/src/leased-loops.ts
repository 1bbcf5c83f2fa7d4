import { randomUUID } from 'node:crypto';
import type { Clock, Log, Loop } from '@cleanroom/kernel';
import { LeasedWork, type Database } from '@cleanroom/persistence';
import { withLogFields } from './log-fields.js';
import { inTraceOf, withSpan } from './tracing.js';

export interface LeasedLoopsOptions<Ports> {
  /** What the loops' actions see. */
  readonly ports: Ports;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a row stays with a process that says nothing, in real seconds, where its loop does not say. @default 30 */
  readonly leaseSeconds?: number;
}

/** What a service does by itself: one worker for each of its loops, to be provided under `LEASED_WORK`. */
export function leasedLoops<Ports>(
  loops: readonly Loop<Ports>[],
  options: LeasedLoopsOptions<Ports>,
): LeasedWork[] {
  const owner = randomUUID();
  return loops.map((loop) => workerOf(loop, owner, options));
}

function workerOf<Ports>(
  { table, step, logAs, comesRound, leaseSeconds, isExpected }: Loop<Ports>,
  owner: string,
  options: LeasedLoopsOptions<Ports>,
): LeasedWork {
  const { ports, db, clock, log } = options;
  return new LeasedWork({
    ...{ db, table, owner, clock, log },
    leaseSeconds: leaseSeconds ?? options.leaseSeconds ?? 30,
    isExpected: isExpected ?? (() => false),
    // A step belongs to the trace of what made it necessary: a webhook's trace ends at the order of its server.
    around: ({ id, organizationId, traceParent }, work) => {
      const fields = { organization: organizationId, ...(logAs && { [logAs]: id }) };
      return inTraceOf(comesRound ? undefined : traceParent, () => withLogFields(fields, work));
    },
    step: (lease) => withSpan(`${table} step`, {}, () => step(ports, lease)),
  });
}
