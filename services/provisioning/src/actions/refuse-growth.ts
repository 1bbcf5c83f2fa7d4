import { refusal, type Refusal } from '@cleanroom/kernel';
import type { ProvisioningTransaction } from '../ports.js';

/**
 * Why a pool may not have more runners now. A static IP costs from its lease on, machine or not, and is not given up when
 * money is short. What little room a budget has that refused an hour is for cheaper machines, not for addresses that
 * would wait for one.
 */
export async function refuseGrowth(
  { budgetOver }: Pick<ProvisioningTransaction, 'budgetOver'>,
  poolId: string,
  now: Date,
  path: readonly string[],
): Promise<Refusal[]> {
  const { refusedUntil, refusedBecause } = await budgetOver(poolId);
  if (refusedUntil === null || refusedUntil <= now) return [];
  const because = refusedBecause ?? 'a budget is used up';
  return [refusal('BUDGET_EXHAUSTED', `Each runner costs its static IP, but ${because}.`, ...path)];
}
