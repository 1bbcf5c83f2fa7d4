import { grantHours } from '../domain/grant-hours.js';
import type { MachineSpend } from '../domain/machine-spend.js';
import type { BillingTransaction } from '../ports.js';
import { lockBudgets } from './lock-budgets.js';

/** Answers a machine that asks for hours. */
export async function decideSpend(tx: BillingTransaction, spend: MachineSpend, now: Date): Promise<void> {
  const inForce = await lockBudgets(tx, spend.poolId, now);
  const account = { spend, meter: await tx.books.meter(spend.machineId) };
  const grant = grantHours({ account, ...inForce, now });
  if (grant.kind === 'refused') await tx.budgets.markRefused(grant.scopeId);
  await tx.spends.decide(spend, grant);
}
