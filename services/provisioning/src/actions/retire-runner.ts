import type { Runner } from '../domain/runner.js';
import type { ProvisioningPorts, ProvisioningTransaction } from '../ports.js';

/** Begins the end of a runner: its job finishes, its machine is deleted, its address is given back. */
export async function retireRunner(
  { now }: ProvisioningPorts,
  tx: ProvisioningTransaction,
  runner: Runner,
  because: string,
): Promise<void> {
  await tx.runners.change(
    runner,
    { retiring: true, wanted: false },
    { kind: 'drain', message: because, actor: 'provisioning' },
  );
  await tx.runners.makeDue(runner.id, now());
}
