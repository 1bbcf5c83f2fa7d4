import { judgeStrays } from '@cleanroom/kernel';
import { isMissing, presumedGone } from '../domain/absent-ips.js';
import { bearsAllLabels, type StaticIp } from '../domain/static-ip.js';
import {
  ProviderError,
  type HetznerProjectCalls,
  type IdentityPorts,
  type IdentityTransaction,
  type ProviderIp,
} from '../ports.js';
import { replaceLostIp } from './replace-lost-ip.js';

interface Project {
  readonly organizationId: string;
  readonly hetznerProjectId: string;
}

/** What one list of a project showed, beside what is known. */
interface Sight {
  readonly project: Project;
  readonly listed: readonly ProviderIp[];
  readonly listedAt: Date;
  readonly living: readonly StaticIp[];
}

/**
 * Lists a project's addresses in one read: who is still there, who is not, and what is there that nobody knows. The
 * cloud's list comes before the database's, so that an IP reserved in between is known, never a stray.
 */
export async function observeStaticIps(
  ports: IdentityPorts,
  project: Project,
  calls: HetznerProjectCalls,
): Promise<void> {
  const { transactions, installation, now } = ports;
  const { organizationId, hetznerProjectId } = project;
  const listedAt = now();
  const listed = (await calls.listIps()).filter(
    ({ labels }) =>
      labels['cleanroom-installation'] === installation &&
      labels['cleanroom-organization'] === organizationId,
  );
  const { orphans, gone } = await transactions.inOrganization(organizationId, async (tx) => {
    const living = await tx.staticIps.livingIn(hetznerProjectId);
    const sight = { project, listed, listedAt, living };
    return { gone: await findGone(ports, tx, sight), orphans: await findOrphans(ports, tx, sight) };
  });
  for (const id of orphans) await deleteOrphan(ports, project, id, calls);
  for (const ip of gone) await replaceLostIp(ports, ip, calls);
}

async function findGone(
  { log }: IdentityPorts,
  { staticIps }: IdentityTransaction,
  { project, listed, listedAt, living }: Sight,
): Promise<readonly StaticIp[]> {
  const ids = (ips: readonly StaticIp[]) => ips.map(({ id }) => id);
  const present = living.filter(({ primaryIpId }) => listed.some(({ id }) => id === primaryIpId));
  const missing = living.filter((ip) => isMissing(ip, listed, listedAt));
  await staticIps.seen(ids(present), listedAt);
  await staticIps.missed(ids(missing), listedAt);
  const { gone, braked } = presumedGone(missing, present.length + missing.length, listedAt);
  if (braked)
    log.error(
      { ...project, missing: missing.length },
      'so many addresses are missing that their loss is believed only after a while',
    );
  return gone;
}

async function findOrphans(
  { log, now }: IdentityPorts,
  { staticIps }: IdentityTransaction,
  { project, listed, living }: Sight,
): Promise<readonly number[]> {
  const { hetznerProjectId } = project;
  const known = new Set(living.map(({ id }) => id));
  const strays = listed.filter(
    ({ labels }) => bearsAllLabels(labels) && !known.has(labels['cleanroom-runner'] ?? ''),
  );
  const judged = judgeStrays(strays, await staticIps.sighted(hetznerProjectId), listed.length, now());
  if (judged.braked)
    log.error({ ...project, strays: strays.length }, 'so many unknown addresses that none is deleted');
  await staticIps.rememberSighted(hetznerProjectId, judged.sighted, judged.braked);
  return judged.orphans;
}

async function deleteOrphan(
  { log }: IdentityPorts,
  { organizationId }: Project,
  id: number,
  calls: HetznerProjectCalls,
): Promise<void> {
  log.warn({ organizationId, primaryIp: id }, 'an orphaned address of ours is deleted');
  await calls.deleteIp(id).catch((error: unknown) => {
    if (!(error instanceof ProviderError)) throw error;
  });
}
