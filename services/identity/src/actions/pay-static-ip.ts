import type { BudgetHold, WorkLease } from '@cleanroom/kernel';
import { answerBy, paymentStep, type PaymentStep } from '../domain/static-ip-payment.js';
import { carriesLabels, primaryIpLabels, primaryIpName, type StaticIp } from '../domain/static-ip.js';
import type { HetznerProjectCalls, IdentityPorts, IdentityTransaction } from '../ports.js';
import { settleWithin } from './settle-static-ip.js';

/**
 * Where a budget blocks, billing is asked before Hetzner is. What is there already is leased without a question: it costs
 * the same whether or not anybody uses it.
 *
 * @returns the address as it may be ordered; `undefined` while it has to wait
 */
export async function payStaticIp(
  ports: IdentityPorts,
  lease: WorkLease,
  { ip, budget }: { readonly ip: StaticIp; readonly budget: BudgetHold },
  calls: HetznerProjectCalls,
): Promise<StaticIp | undefined> {
  const { transactions, now } = ports;
  const mustWait = paymentStep(ip, budget, now()).kind !== 'may-order';
  if (mustWait && (await wasOrderedUnasked(ports, ip, calls))) return ip;
  return transactions.inOrganization(lease.organizationId, async (tx) => {
    const current = await tx.staticIps.lock(lease.id);
    if (current?.status !== 'RESERVING') {
      await tx.finish('static_ip', lease, now());
      return undefined;
    }
    const step = paymentStep(current, await tx.budgetOver(current.poolId), now());
    if (step.kind === 'may-order') return current;
    await wait(tx, lease, { current, step, now: now() });
    return undefined;
  });
}

/** An order may have gone out, with its answer lost, before the budget blocked. */
async function wasOrderedUnasked(
  { installation }: IdentityPorts,
  ip: StaticIp,
  calls: HetznerProjectCalls,
): Promise<boolean> {
  if (ip.payment !== 'UNASKED' || ip.reason === '') return false;
  const found = await calls.findIpByName(primaryIpName(ip.id));
  return found !== undefined && carriesLabels(found.labels, primaryIpLabels(installation, ip));
}

interface Waiting {
  readonly current: StaticIp;
  readonly step: Exclude<PaymentStep, { kind: 'may-order' }>;
  readonly now: Date;
}

async function wait(
  tx: IdentityTransaction,
  lease: WorkLease,
  { current: { payment, question }, step, now }: Waiting,
): Promise<void> {
  switch (step.kind) {
    case 'ask': {
      const asked = { payment: 'ASKED', question: question + 1, askedAt: now } as const;
      return settleWithin(tx, lease, { ...asked, ...(payment === 'ASKED' && UNANSWERED) }, answerBy(now));
    }
    case 'wait':
      return settleWithin(tx, lease, {}, step.until);
    case 'refused': {
      const { because: reason, until } = step;
      const refused = { payment: 'REFUSED', reason, trouble: 'BUDGET', refusedUntil: until } as const;
      return settleWithin(tx, lease, refused, until);
    }
  }
}

const UNANSWERED = { reason: 'the budget could not be checked in time', trouble: null } as const;
