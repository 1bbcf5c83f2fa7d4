import { ProviderError, type FirewallPorts, type ProviderFirewalls } from '../ports.js';

/** A server of ours, and the firewalls on it that are not. */
export interface OpenedServer {
  readonly serverId: number;
  readonly foreign: readonly number[];
}

/**
 * Takes firewalls of somebody else off our servers, where they were put on these very servers. What a label selector
 * put there also belongs to other servers, and only its owner can know how to undo it: that is said, not done.
 */
export async function takeOffForeign(
  { log }: FirewallPorts,
  project: { organizationId: string; hetznerProjectId: string },
  firewalls: ProviderFirewalls,
  servers: readonly OpenedServer[],
): Promise<void> {
  for (const firewallId of new Set(servers.flatMap(({ foreign }) => foreign))) {
    const opened = servers
      .filter(({ foreign }) => foreign.includes(firewallId))
      .map(({ serverId }) => serverId);
    log.warn(
      { ...project, firewallId, servers: opened },
      'a firewall that is not ours is on servers of ours',
    );
    try {
      const { serverIds = [] } = (await firewalls.get(firewallId)) ?? {};
      for (const serverId of opened.filter((id) => serverIds.includes(id)))
        await firewalls.takeOff(firewallId, serverId);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      log.warn({ ...project, firewallId, failure: error.failure }, `it stays for now: ${error.message}`);
    }
  }
}
