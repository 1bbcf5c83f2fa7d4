import type { WorkLease } from '@cleanroom/kernel';
import type { StaticIp } from '../domain/static-ip.js';
import type { HetznerProject, IdentityPorts, IdentityTransaction } from '../ports.js';

/** Saves a step with its event and lets go; a wait that says nothing new is not told again. */
export async function settleStaticIp(
  { transactions }: IdentityPorts,
  lease: WorkLease,
  patch: Partial<StaticIp>,
  again: Date | null,
): Promise<void> {
  await transactions.inOrganization(lease.organizationId, (tx) => settleWithin(tx, lease, patch, again));
}

/** Likewise, within the caller's transaction. */
export async function settleWithin(
  tx: IdentityTransaction,
  lease: WorkLease,
  patch: Partial<StaticIp>,
  again: Date | null,
): Promise<void> {
  const current = await tx.staticIps.lock(lease.id);
  const change = current?.status === 'RELEASING' ? stillReleasing(patch) : patch;
  const isNews = Object.entries(change).some(([key, value]) => current?.[key as keyof StaticIp] !== value);
  if (isNews) await tx.staticIps.change(lease.id, change);
  await tx.finish('static_ip', lease, again);
}

/** Its release was asked for while it was being leased: it is leased now, and the next step gives it back. */
const stillReleasing = (patch: Partial<StaticIp>): Partial<StaticIp> =>
  patch.status === 'ACTIVE' ? { ...patch, status: 'RELEASING' } : patch;

/** Hetzner refused the credentials: everybody stops writing, now and not at the next check. */
export async function stopWriting(
  { transactions, now }: IdentityPorts,
  { id, organizationId, version }: HetznerProject,
): Promise<void> {
  await transactions.inOrganization(organizationId, async ({ hetznerProjects }) => {
    const current = await hetznerProjects.find(id);
    const isSameToken = current?.version === version && !current.deleted;
    if (isSameToken) {
      await hetznerProjects.change(id, { status: 'CREDENTIALS_INVALID', lastCheckedAt: now() });
    }
  });
}
