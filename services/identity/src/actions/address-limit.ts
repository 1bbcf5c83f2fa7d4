import type { WorkLease } from '@cleanroom/kernel';
import { waitForLimit, type Wait } from '../domain/static-ip-wait.js';
import type { StaticIp } from '../domain/static-ip.js';
import type { IdentityPorts } from '../ports.js';
import { settleWithin } from './settle-static-ip.js';

/** Whether an address may be asked for: `probe` where the limit was reached and nobody else is asking. */
export type Turn = 'free' | 'probe' | 'waits';

/**
 * Where Hetzner's limit is reached, one address of the project asks and all others wait without a call: each refusal
 * costs a call, and an hour has only so many for the whole project. Whoever takes the turn has it for an interval, so
 * that a crash does not keep it.
 */
export async function takeTurn(
  { transactions, now }: IdentityPorts,
  lease: WorkLease,
  { hetznerProjectId }: StaticIp,
): Promise<Turn> {
  return transactions.inOrganization(lease.organizationId, async (tx) => {
    await tx.hetznerProjects.lock(hetznerProjectId);
    const nextTurnAt = await tx.staticIps.nextTurnAt(hetznerProjectId);
    if (!nextTurnAt) return 'free';
    const { seconds, ...because } = waitForLimit;
    if (nextTurnAt > now()) {
      await settleWithin(tx, lease, because, nextTurnAt);
      return 'waits';
    }
    await tx.staticIps.setNextTurn(hetznerProjectId, after(now(), seconds));
    return 'probe';
  });
}

/** The limit is reached: this one waits, and so do all that come. */
export async function waitForTurn(
  { transactions }: IdentityPorts,
  lease: WorkLease,
  { hetznerProjectId }: StaticIp,
  { wait, until }: { readonly wait: Omit<Wait, 'seconds'>; readonly until: Date },
): Promise<void> {
  await transactions.inOrganization(lease.organizationId, async (tx) => {
    await tx.hetznerProjects.lock(hetznerProjectId);
    await tx.staticIps.setNextTurn(hetznerProjectId, until);
    await settleWithin(tx, lease, wait, until);
  });
}

/** There is room again: the next that waits asks now, and passes its turn on in the same way. */
export async function passTurn(
  { transactions, now }: IdentityPorts,
  { organizationId, hetznerProjectId }: StaticIp,
): Promise<void> {
  await transactions.inOrganization(organizationId, async (tx) => {
    await tx.hetznerProjects.lock(hetznerProjectId);
    const next = await tx.staticIps.nextForTurn(hetznerProjectId);
    if (next === undefined) return;
    await tx.staticIps.setNextTurn(hetznerProjectId, now());
    await tx.staticIps.makeDue(next, now());
  });
}

/** What went wrong says nothing about the limit: whoever comes next may ask, nobody is called. */
export async function giveTurnBack(
  { transactions, now }: IdentityPorts,
  { organizationId, hetznerProjectId }: StaticIp,
): Promise<void> {
  await transactions.inOrganization(organizationId, (tx) =>
    tx.staticIps.setNextTurn(hetznerProjectId, now()),
  );
}

const after = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);
