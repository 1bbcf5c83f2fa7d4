import type { Pool } from '../domain/pool.js';
import type { ProvisioningTransaction } from '../ports.js';

/** The pool of a runner that is about to change; the runner is to be read after that. */
export async function lockPoolOf(
  { runners, pools }: ProvisioningTransaction,
  runnerId: string,
): Promise<Pool | undefined> {
  const runner = await runners.find(runnerId);
  return runner && pools.lock(runner.poolId);
}
