import { isId } from '@cleanroom/kernel';
import type { FirewallPorts } from '../../ports.js';

/** Real time: how long an event may be on its way before an id counts as unknown. */
const LONGEST_WAIT_MS = 3_000;
const LOOK_EVERY_MS = 100;

/** A pool that was created a moment ago may not be heard of here yet: waits for it, if the id can be one at all. */
export async function awaitPool(
  { transactions }: FirewallPorts,
  organizationId: string,
  poolId: string,
): Promise<void> {
  if (!isId('pool', poolId)) return;
  const deadline = performance.now() + LONGEST_WAIT_MS;
  while (performance.now() < deadline) {
    if (await transactions.inOrganization(organizationId, ({ pools }) => pools.find(poolId))) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
