import type { Claim, Ports } from '../ports.js';
import { decidePool } from './decide-capacity.js';

/** Decides a pool's capacity anew because its schedule has come to an edge. */
export const decideEdge = async ({ transactions, clock }: Ports, claim: Claim): Promise<void> =>
  transactions.run(claim.organizationId, async (ledger) => {
    const next = await decidePool(ledger, claim.id, clock.now());
    await ledger.work.finish('capacity_decision', claim, next);
  });
