import { promisesHoursNeverBegun, type MachineSpend } from '../domain/machine-spend.js';
import type { BillingTransaction } from '../ports.js';
import { decideSpend } from './decide-spend.js';

/**
 * Keeps what a machine asks for, and answers what is new. One that ends before all that was promised to it leaves room
 * for another. One that was refused leaves none: told of room by its own end, it would be woken, refused and ended for ever.
 */
export async function answerMachine(
  tx: BillingTransaction,
  spend: Omit<MachineSpend, 'hoursGranted'>,
  sourceVersion: bigint,
  now: Date,
): Promise<void> {
  const news = await tx.spends.keep(spend, sourceVersion);
  if (!news) return;
  if (news.isAsking) return decideSpend(tx, news.spend, now);
  if (!news.hasJustEnded) return;
  const account = { spend: news.spend, meter: await tx.books.meter(spend.machineId) };
  if (promisesHoursNeverBegun(account, now)) await tx.budgets.tellRoom(spend.poolId);
}
