import { hoursBound, leavesRoom } from '../domain/machine-spend.js';
import type { BillingTransaction } from '../ports.js';

/** The provider has delivered what was ordered, and more was held for it than that: who was refused may ask again. */
export async function tellRoomLeft(
  { spends, books, budgets }: Pick<BillingTransaction, 'spends' | 'books' | 'budgets'>,
  machineId: string,
): Promise<void> {
  const spend = await spends.find(machineId);
  if (!spend || hoursBound(spend) === 0) return;
  const account = { spend, meter: await books.meter(machineId) };
  if (leavesRoom(account, await books.prices())) await budgets.tellRoom(spend.poolId);
}
