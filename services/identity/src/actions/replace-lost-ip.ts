import type { StaticIp } from '../domain/static-ip.js';
import type { HetznerProjectCalls, IdentityPorts } from '../ports.js';

const ACTOR = 'cleanroom';

/**
 * Somebody deleted a leased address at Hetzner, who may give it to a stranger next: it leaves the allow-lists, its cost
 * ends, and its runner gets another. An address that only lost its labels is still there, and its runner's.
 */
export async function replaceLostIp(
  { transactions, now, log }: IdentityPorts,
  { id, organizationId, primaryIpId, absentSince }: StaticIp,
  calls: HetznerProjectCalls,
): Promise<void> {
  const askedAt = now();
  const exists = await calls.ipExists(primaryIpId);
  log.warn(
    { organizationId, runner: id, primaryIp: primaryIpId },
    exists ? 'an address of ours has lost its labels' : 'an address was deleted at Hetzner',
  );
  await transactions.inOrganization(organizationId, async ({ staticIps, audit }) => {
    if (exists) return staticIps.seen([id], askedAt);
    const current = await staticIps.lock(id);
    const isLeased = current?.status === 'ACTIVE' || current?.status === 'QUARANTINED';
    if (!isLeased || current.primaryIpId !== primaryIpId) return;
    // Told twice: first the end of this address, so that what it costs ends, then that there is none.
    await staticIps.change(id, { status: 'RESERVING', reason: LOST, releasedAt: absentSince ?? askedAt });
    await staticIps.change(id, NONE);
    await staticIps.makeDue(id, now());
    await audit(ACTOR, 'replace-static-ip', id);
  });
}

/** With a reason, the next step looks for an address of this runner's name before it asks for one. */
const LOST = 'its address was deleted at Hetzner';
const NONE = {
  primaryIpId: 0,
  address: '',
  createdAt: null,
  lastSeenAt: null,
  absentSince: null,
  releasedAt: null,
};
