import { grantStaticIp } from '../domain/grant-static-ip.js';
import type { Meter } from '../domain/meter.js';
import { ipLeavesRoom, isHeld, type StaticIpSpend } from '../domain/static-ip-spend.js';
import type { BillingTransaction, StaticIpTold } from '../ports.js';
import { lockBudgets } from './lock-budgets.js';

/**
 * Keeps what a runner asks for its static IP, and answers what is new. One that never comes leaves room for others, and
 * so does one that came later or cheaper than was reckoned with.
 *
 * @param meter of the address, once it is there
 */
export async function answerStaticIp(
  tx: BillingTransaction,
  told: StaticIpTold,
  meter: Meter | undefined,
  now: Date,
): Promise<void> {
  const news = await tx.staticIpSpends.keep(told, now);
  if (!news) return;
  const { spend, before, isAsking } = news;
  if (isAsking) return decideStaticIp(tx, spend, now);
  if (!before || !isHeld(before) || !spend.over) return;
  const leavesRoom = !meter || ipLeavesRoom(before, meter, await tx.books.prices());
  if (leavesRoom) await tx.budgets.tellRoom(spend.poolId);
}

async function decideStaticIp(tx: BillingTransaction, spend: StaticIpSpend, now: Date): Promise<void> {
  const inForce = await lockBudgets(tx, spend.poolId, now);
  const grant = grantStaticIp({ spend, ...inForce, now });
  if (grant.kind === 'refused') await tx.budgets.markRefused(grant.scopeId);
  await tx.staticIpSpends.decide(spend, grant, now);
}
