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
  if (!wasAsked) await noteIntent(ports, ip);
  const found =
    (wasAsked ? await calls.findIpByName(name) : undefined) ??
    (await calls.createIp({ name, location: locationOf(ip), labels }).catch(adopt(calls, name)));
  if (!carriesLabels(found.labels, labels)) {
    throw new ProviderError('refused', `an IP named ${name} exists and is not ours`);
  }
  const { id: primaryIpId, address, location, created: createdAt } = found;
  const leased = { primaryIpId, address, location, createdAt, lastSeenAt: ports.now() };
  await settleStaticIp(ports, lease, { status: 'ACTIVE', reason: '', trouble: null, ...leased }, null);
}

/** From here on every try looks before it asks again, and a release looks for what was asked for. */
const noteIntent = ({ transactions }: IdentityPorts, ip: StaticIp): Promise<unknown> =>
  transactions.inOrganization(ip.organizationId, (tx) =>
    tx.staticIps.change(ip.id, { reason: 'asked Hetzner for an address' }),
  );

const adopt =
  (calls: HetznerProjectCalls, name: string) =>
  async (error: unknown): Promise<ProviderIp> => {
    const taken = error instanceof ProviderError && error.failure === 'name-taken';
    const existing = taken ? await calls.findIpByName(name) : undefined;
    if (!existing) throw error;
    return existing;
  };
