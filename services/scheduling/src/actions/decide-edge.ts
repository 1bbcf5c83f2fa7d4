import type { WorkLease } from '@cleanroom/kernel';
import type { Ports } from '../ports.js';
import { decidePool } from './decide-capacity.js';

/** Decides a pool's capacity anew because its schedule has come to an edge. */
export const decideEdge = async ({ transactions, clock }: Ports, lease: WorkLease): Promise<void> =>
  transactions.inOrganization(lease.organizationId, async (ledger) => {
    const next = await decidePool(ledger, lease.id, clock.now());
    await ledger.work.finish('capacity_decision', lease, next);
  });
