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
  /** Whatever else belongs into the same transaction. */
  readonly also?: (tx: ProvisioningTransaction) => Promise<void>;
}

/** Ends a step: state, timeline, events and the lease in one transaction, or nothing of it. */
export async function settle(
  { transactions, now }: Pick<ProvisioningPorts, 'transactions' | 'now'>,
  { lease, runner, machine }: RunnerCase,
  outcome: Outcome,
): Promise<void> {
  await transactions.inOrganization(lease.organizationId, async (tx) => {
    if (outcome.machine && machine) await tx.machines.change(machine.id, outcome.machine);
    if (outcome.runner) await tx.runners.change(runner, outcome.runner, outcome.entry);
    await outcome.also?.(tx);
    await tx.finish('runner', lease, outcome.again === undefined ? now() : outcome.again);
  });
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
    await tx.hold('runner', lease);
    await tx.machines.change(machineId, patch);
  });

/** An instant so many seconds of the product's clock from now. */
export const inSeconds = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);
