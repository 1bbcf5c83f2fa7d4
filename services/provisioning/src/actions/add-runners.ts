import type { Pool } from '../domain/pool.js';
import type { Runner } from '../domain/runner.js';
import type { ProvisioningPorts, ProvisioningTransaction } from '../ports.js';

/** Adds so many runners on the lowest free seats of a pool; identity leases each a static IP. */
export async function addRunners(
  { newId, now }: ProvisioningPorts,
  tx: ProvisioningTransaction,
  pool: Pool,
  existing: readonly Runner[],
  count: number,
): Promise<void> {
  const taken = new Set(existing.map(({ seat }) => seat));
  let seat = 0;
  for (let added = 0; added < count; seat++) {
    if (taken.has(seat)) continue;
    await tx.runners.insert(newRunner(newId('runner'), pool, seat, now()));
    added++;
  }
}

const newRunner = (id: string, pool: Pool, seat: number, now: Date): Runner => ({
  id,
  organizationId: pool.organizationId,
  poolId: pool.id,
  hetznerProjectId: pool.hetznerProjectId,
  version: 1,
  name: `${pool.name}-${seat + 1}`,
  seat,
  state: 'REQUESTED',
  stateSince: now,
  stateReason: null,
  trouble: null,
  attempt: 0,
  failures: 0,
  machineId: null,
  primaryIpId: 0,
  address: null,
  location: null,
  wanted: false,
  wantedBecause: null,
  wantedBy: 'scheduling',
  retryAt: null,
  pinnedUntil: null,
  draining: false,
  retiring: false,
  ipReleased: false,
  heldByBudget: false,
});
