import type {
  MachinePatch,
  ProvisioningPorts,
  ProvisioningTransaction,
  RunnerPatch,
  TimelineEntry,
} from '../ports.js';
import type { RunnerCase } from './reconcile-runner.js';

/** What a step leaves behind. */
export interface Outcome {
  readonly machine?: MachinePatch;
  readonly runner?: RunnerPatch;
  readonly entry?: TimelineEntry;
  /** When to look again; left out: at once. Null: when something happens. */
  readonly again?: Date | null;
  /** Whatever else belongs into the same transaction; comes first in it. */
  readonly also?: (tx: ProvisioningTransaction) => Promise<void>;
  /** Whether it makes room, or a gap, in the pool's number. */
  readonly decidePool?: boolean;
}

type Settling = Pick<ProvisioningPorts, 'transactions' | 'now'>;

/** Ends a step: state, timeline, events and the lease in one transaction, or nothing of it. */
export const settle = (ports: Settling, found: RunnerCase, outcome: Outcome): Promise<void> =>
  ports.transactions.inOrganization(found.lease.organizationId, (tx) => save(tx, ports, found, outcome));

/**
 * Likewise, with an outcome that follows from the case as it is now, whose machine nobody changes meanwhile. Where there
 * is none any more nothing is done, and the runner is looked at again at once.
 *
 * @returns what was done
 */
export const settleAnew = <Case extends RunnerCase>(
  ports: Settling,
  found: Case,
  outcomeOf: (current: Case) => Outcome | undefined,
): Promise<Outcome | undefined> =>
  ports.transactions.inOrganization(found.lease.organizationId, async (tx) => {
    const current = await lockCase(tx, found);
    const outcome = outcomeOf(current);
    await save(tx, ports, current, outcome ?? {});
    return outcome;
  });

async function save(
  tx: ProvisioningTransaction,
  { now }: Settling,
  { lease, runner, pool, machine }: RunnerCase,
  outcome: Outcome,
): Promise<void> {
  await outcome.also?.(tx);
  if (outcome.machine && machine) await tx.machines.change(machine.id, outcome.machine);
  if (outcome.runner) await tx.runners.change(runner, outcome.runner, outcome.entry);
  if (outcome.decidePool) await tx.pools.makeDue(pool.id, now());
  await tx.finish('runner', lease, outcome.again === undefined ? now() : outcome.again);
}

/** The case as it is now; nobody else changes its machine until the transaction ends. */
export async function lockCase<Case extends RunnerCase>(
  tx: ProvisioningTransaction,
  found: Case,
): Promise<Case> {
  const pool = await tx.pools.find(found.pool.id);
  const machine = found.machine && (await tx.machines.lock(found.machine.id));
  const runner = await tx.runners.find(found.runner.id);
  return { ...found, ...(pool && { pool }), ...(machine && { machine }), ...(runner && { runner }) };
}

/**
 * Writes down what is about to be asked of a provider, before it is asked. Who lost the lease meanwhile asks nothing.
 */
export const intend = (
  { transactions }: Pick<ProvisioningPorts, 'transactions'>,
  { lease, runner }: Pick<RunnerCase, 'lease' | 'runner'>,
  machineId: string,
  patch: MachinePatch,
): Promise<void> =>
  transactions.inOrganization(runner.organizationId, async (tx) => {
    await tx.machines.change(machineId, patch);
    await tx.hold('runner', lease);
  });

/** An instant so many seconds of the product's clock from now. */
export const inSeconds = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);
