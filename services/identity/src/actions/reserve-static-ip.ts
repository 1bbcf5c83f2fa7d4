import type { WorkLease } from '@cleanroom/kernel';
import {
  carriesLabels,
  locationOf,
  primaryIpLabels,
  primaryIpName,
  type StaticIp,
} from '../domain/static-ip.js';
import { ProviderError, type HetznerProjectCalls, type IdentityPorts, type ProviderIp } from '../ports.js';
import { settleStaticIp } from './settle-static-ip.js';

/** The row is the intent, and the name follows from it: whatever was asked for before is found by that name. */
export async function reserveStaticIp(
  ports: IdentityPorts,
  lease: WorkLease,
  ip: StaticIp,
  calls: HetznerProjectCalls,
): Promise<void> {
  const labels = primaryIpLabels(ports.installation, ip);
  const name = primaryIpName(ip.id);
  const wasAsked = ip.reason !== '';
  const isUnpaid = ip.payment === 'ASKED' || ip.payment === 'REFUSED';
  if (!wasAsked || isUnpaid) await noteIntent(ports, ip, isUnpaid ? WITHOUT_PAYMENT : {});
  const found =
    (wasAsked ? await calls.findIpByName(name) : undefined) ??
    (await calls.createIp({ name, location: locationOf(ip), labels }).catch(adopt(calls, name)));
  if (!carriesLabels(found.labels, labels)) {
    throw new ProviderError('refused', `an IP named ${name} exists and is not ours`);
  }
  const { id: primaryIpId, address, location, created: createdAt } = found;
  const leased = { primaryIpId, address, location, createdAt, lastSeenAt: ports.now() };
  // The next address of this runner is another one to pay for.
  const settled = { status: 'ACTIVE', reason: '', trouble: null, payment: 'UNASKED' } as const;
  await settleStaticIp(ports, lease, { ...settled, ...leased }, null);
}

/** From here on every try looks before it asks again, and a release looks for what was asked for. */
const noteIntent = (
  { transactions }: IdentityPorts,
  { id, organizationId }: StaticIp,
  patch: Partial<StaticIp>,
): Promise<unknown> =>
  transactions.inOrganization(organizationId, (tx) =>
    tx.staticIps.change(id, { reason: 'asked Hetzner for an address', ...patch }),
  );

/** The budget that it waited for is gone; billing is to count it all the same, before it is there. */
const WITHOUT_PAYMENT = { payment: 'UNASKED', trouble: null } as const;

const adopt =
  (calls: HetznerProjectCalls, name: string) =>
  async (error: unknown): Promise<ProviderIp> => {
    const taken = error instanceof ProviderError && error.failure === 'name-taken';
    const existing = taken ? await calls.findIpByName(name) : undefined;
    if (!existing) throw error;
    return existing;
  };
