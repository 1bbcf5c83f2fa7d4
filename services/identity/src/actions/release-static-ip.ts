import type { WorkLease } from '@cleanroom/kernel';
import { releaseNotBefore } from '../domain/static-ip-wait.js';
import { carriesLabels, primaryIpLabels, primaryIpName, type StaticIp } from '../domain/static-ip.js';
import type { HetznerProjectCalls, IdentityPorts, ProviderIp } from '../ports.js';
import { passTurn } from './address-limit.js';
import { settleStaticIp } from './settle-static-ip.js';

const SECOND_LOOK_SECONDS = 10;
const AGAIN_SECONDS = 5;

/** Also finds an IP whose creation was asked for and never answered: it would be billed for ever. */
export async function releaseStaticIp(
  ports: IdentityPorts,
  lease: WorkLease,
  ip: StaticIp,
  calls: HetznerProjectCalls,
): Promise<void> {
  if (ip.primaryIpId > 0) return giveBack(ports, lease, ip, calls);
  const labels = primaryIpLabels(ports.installation, ip);
  const found = await calls.findIpByName(primaryIpName(ip.id));
  if (!found || !carriesLabels(found.labels, labels)) return endOfUnknown(ports, lease, ip);
  // First it is known, with its start, so that what it costs is counted; then it is given back.
  await settleStaticIp(ports, lease, knownAs(found, ports.now()), ports.now());
}

/** One list may be wrong, and what was asked for may arrive a little later: it takes a second look that finds nothing. */
async function endOfUnknown(
  ports: IdentityPorts,
  lease: WorkLease,
  { absentSince }: StaticIp,
): Promise<void> {
  const now = ports.now();
  const secondLookAt = inSeconds(absentSince ?? now, SECOND_LOOK_SECONDS);
  if (secondLookAt > now)
    return settleStaticIp(ports, lease, { absentSince: absentSince ?? now }, secondLookAt);
  await settleStaticIp(ports, lease, { status: 'RELEASED', reason: '', releasedAt: now }, null);
}

const inSeconds = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

const knownAs = ({ id, address, location, created }: ProviderIp, now: Date): Partial<StaticIp> => ({
  primaryIpId: id,
  address,
  location,
  createdAt: created,
  lastSeenAt: now,
  absentSince: null,
});

async function giveBack(
  ports: IdentityPorts,
  lease: WorkLease,
  ip: StaticIp,
  calls: HetznerProjectCalls,
): Promise<void> {
  const askedAt = ports.now();
  const notBefore = ip.releaseSentAt ? askedAt : releaseNotBefore(ip.createdAt, askedAt);
  if (notBefore > askedAt) return settleStaticIp(ports, lease, {}, notBefore);
  if (!ip.releaseSentAt) {
    await ports.transactions.inOrganization(lease.organizationId, (tx) =>
      tx.staticIps.releaseSent(ip.id, askedAt),
    );
  }
  const outcome = await calls.deleteIp(ip.primaryIpId);
  // That there is nothing to delete is one word, and a wrong one would leave an address that nobody here knows.
  if (outcome === 'gone' && (await calls.ipExists(ip.primaryIpId)))
    return settleStaticIp(ports, lease, {}, inSeconds(askedAt, AGAIN_SECONDS));
  const lastSeen = outcome === 'deleted' ? { lastSeenAt: askedAt } : whenGone(ip);
  const released = { status: 'RELEASED' as const, reason: '', ...lastSeen, releasedAt: ports.now() };
  await settleStaticIp(ports, lease, released, null);
  await passTurn(ports, ip);
}

/**
 * Of an address that is gone already: it was there when it was last seen, or when its deletion was first asked for, with
 * an answer that was lost. Where it was answered, the end lies between question and answer.
 */
const whenGone = ({ lastSeenAt, releaseSentAt }: StaticIp): { lastSeenAt?: Date } =>
  releaseSentAt && (!lastSeenAt || lastSeenAt < releaseSentAt) ? { lastSeenAt: releaseSentAt } : {};
