import { In, type EntityManager } from 'typeorm';
import type { Decision } from '../../ledger-port.js';
import { DecisionTable } from './decision.table.js';

/** A decision, and how many runners of the pool have a machine at this moment. */
export type Capacity = Decision & { readonly awake: number };

const awake = `
  SELECT pool_id AS "poolId", count(*)::int AS awake FROM runner
  WHERE has_machine AND pool_id = ANY($1) GROUP BY pool_id`;

/** The capacity of these pools, by pool; a pool that was never decided on has none. */
export const readCapacities = async (
  tx: EntityManager,
  poolIds: readonly string[],
): Promise<Map<string, Capacity>> => {
  const decisions = await tx.getRepository(DecisionTable).findBy({ poolId: In([...poolIds]) });
  const counts = await tx.query<{ poolId: string; awake: number }[]>(awake, [poolIds]);
  const awakeIn = new Map(counts.map((count) => [count.poolId, count.awake]));
  return new Map(
    decisions.map((decision) => [decision.poolId, { ...decision, awake: awakeIn.get(decision.poolId) ?? 0 }]),
  );
};
