import { judgeStrays } from '@cleanroom/kernel';
import {
  baselineSelector,
  carriesLabels,
  policyFirewallLabels,
  policySelector,
} from '../domain/firewall-name.js';
import {
  ProviderError,
  type FirewallPorts,
  type FirewallTransaction,
  type PolicyFirewall,
  type ProviderFirewalls,
} from '../ports.js';
import type { ListedFirewall } from '../sighted-firewall-port.js';
import { deleteFirewall } from './delete-firewall.js';

interface Project {
  readonly organizationId: string;
  readonly hetznerProjectId: string;
}

/** A listed firewall that says which policy it was made for. */
interface OfPolicy extends ListedFirewall {
  readonly policyId: string;
}

/**
 * Deletes firewalls of policies that nobody knows any more, such as one whose creation was answered by nobody and arrived
 * after its policy was deleted: they open servers of ours for ever, and a project holds only so many. The cloud's list
 * comes before the database's, so that one wanted in between is known. A baseline is never touched.
 */
export async function removeOrphanFirewalls(
  ports: FirewallPorts,
  project: Project,
  firewalls: ProviderFirewalls,
): Promise<void> {
  const { transactions, installation, log } = ports;
  const { organizationId } = project;
  try {
    const listed = ofPolicies(
      ports,
      project,
      await firewalls.list(baselineSelector({ installation, organizationId })),
    );
    const orphans = await transactions.inOrganization(organizationId, (tx) =>
      judge(ports, tx, project, listed),
    );
    for (const { id, policyId, selectors } of orphans) {
      log.warn({ ...project, firewallId: id, policyId }, 'an orphaned firewall of ours is deleted');
      await deleteFirewall(firewalls, { id, selectors }, [policySelector(installation, policyId)]);
    }
  } catch (error) {
    // What is in use for some seconds more, or cannot be seen now, is seen again in a minute.
    if (!(error instanceof ProviderError)) throw error;
    log.warn({ ...project, failure: error.failure }, `orphaned firewalls stay for now: ${error.message}`);
  }
}

/** Those that carry all labels of a policy's firewall; a name or one label alone proves nothing. */
const ofPolicies = (
  { installation }: FirewallPorts,
  { organizationId }: Project,
  listed: readonly ListedFirewall[],
): OfPolicy[] =>
  listed
    .map((firewall) => ({ ...firewall, policyId: firewall.labels['cleanroom-policy'] ?? '' }))
    .filter(
      ({ labels, policyId }) =>
        policyId !== '' &&
        carriesLabels(labels, policyFirewallLabels({ installation, organizationId }, policyId)),
    );

async function judge(
  { now, log }: FirewallPorts,
  tx: FirewallTransaction,
  project: Project,
  listed: readonly OfPolicy[],
): Promise<readonly OfPolicy[]> {
  const { hetznerProjectId } = project;
  const known = await tx.policyFirewalls.ofPolicies(listed.map(({ policyId }) => policyId));
  const strays = listed.filter((firewall) => !known.some((row) => mayBe(row, firewall, hetznerProjectId)));
  const before = await tx.sightedFirewalls.in(hetznerProjectId);
  const { orphans, sighted, braked } = judgeStrays(strays, before, listed.length, now());
  if (braked)
    log.error({ ...project, strays: strays.length }, 'so many unknown firewalls that none is deleted');
  await tx.sightedFirewalls.remember(hetznerProjectId, sighted, braked);
  return listed.filter(({ id }) => orphans.includes(id));
}

/** The same Hetzner project may be connected under another id too: what is known there, or yet to be found, counts. */
const mayBe = (row: PolicyFirewall, { id, policyId }: OfPolicy, hetznerProjectId: string): boolean =>
  row.policyId === policyId &&
  (row.hetznerProjectId === hetznerProjectId || row.firewallId === id || row.firewallId === 0);
