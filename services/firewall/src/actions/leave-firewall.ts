import type { WorkLease } from '@cleanroom/kernel';
import { LOOK_AGAIN_SECONDS, RETRY_SECONDS, secondsAfter } from '../domain/check-intervals.js';
import { carriesLabels } from '../domain/firewall-name.js';
import { isTooLateToCleanUp } from '../domain/clean-up.js';
import type { FirewallTable } from '../left-firewall-port.js';
import {
  ProviderError,
  type FirewallPorts,
  type ProviderFirewall,
  type ProviderFirewalls,
} from '../ports.js';
import { deleteFirewall } from './delete-firewall.js';
import type { WantedFirewall } from './ensure-firewall.js';

/** A firewall of a project that was disconnected. */
export interface LeftFirewall {
  readonly table: FirewallTable;
  readonly hetznerProjectId: string;
  readonly leftAt: Date;
  /** 0 where the answer to its creation may have been lost. */
  readonly firewallId: number;
  readonly made: Pick<WantedFirewall, 'name' | 'labels' | 'selector' | 'former'>;
}

/**
 * Deletes one of our firewalls in a project that was disconnected, and forgets it. It stays where the credentials are not
 * accepted any more, where somebody uses it for a day, and where the same project was connected once more and has it now.
 */
export async function leaveFirewall(
  ports: FirewallPorts,
  lease: WorkLease,
  left: LeftFirewall,
): Promise<void> {
  const { transactions, provider, now, log } = ports;
  const { organizationId } = lease;
  const { table, hetznerProjectId, leftAt } = left;
  const later = (seconds: number) =>
    transactions.inOrganization(organizationId, (tx) =>
      tx.finish(table, lease, secondsAfter(now(), seconds)),
    );
  const subject = { organizationId, hetznerProjectId, firewallId: left.firewallId };
  try {
    const firewalls = isTooLateToCleanUp(leftAt, now())
      ? undefined
      : await provider.firewallsLeftIn(organizationId, hetznerProjectId);
    if (!firewalls) log.warn(subject, 'a firewall of a disconnected project may stay: it is given up');
    else if (!(await takeAway(ports, lease, left, firewalls))) return await later(LOOK_AGAIN_SECONDS);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log.warn(
      { ...subject, failure: error.failure },
      `a firewall of a disconnected project stays: ${error.message}`,
    );
    // Servers and selectors that it was just taken off count as using it for some seconds.
    if (error.failure !== 'credentials-invalid') return later(RETRY_SECONDS);
  }
  await transactions.inOrganization(organizationId, ({ leftFirewalls }) =>
    leftFirewalls.finish(table, lease, hetznerProjectId),
  );
}

/** Whether there is nothing left to do. */
async function takeAway(
  { transactions }: FirewallPorts,
  lease: WorkLease,
  { table, firewallId, made }: LeftFirewall,
  firewalls: ProviderFirewalls,
): Promise<boolean> {
  const found = await findLeft(firewalls, made, firewallId);
  if (!found) return true;
  // Asked while the row is ours: whoever begins to look for this firewall from now on waits until it is not.
  const heir = await transactions.inOrganization(lease.organizationId, ({ leftFirewalls }) =>
    leftFirewalls.heirOf(table, lease.id, found.id),
  );
  if (heir === 'none')
    await deleteFirewall(firewalls, found, [made.selector, ...(made.former ? [made.former.selector] : [])]);
  return heir !== 'open';
}

/** The firewall, unless it is gone or somebody else's. */
async function findLeft(
  firewalls: ProviderFirewalls,
  { name, labels, former }: LeftFirewall['made'],
  knownId: number,
): Promise<ProviderFirewall | undefined> {
  const names = [name, ...(former ? [former.name] : [])];
  const searches = [
    async () => (knownId > 0 ? firewalls.get(knownId) : undefined),
    ...names.map((each) => () => firewalls.findByName(each)),
  ];
  for (const search of searches) {
    const found = await search();
    if (found && carriesLabels(found.labels, labels)) return found;
  }
  return undefined;
}
