import type { ProviderFirewall, ProviderFirewalls } from '../ports.js';

/** Taken off the servers first: Hetzner refuses to delete a firewall that is in use. */
export async function deleteFirewall(
  firewalls: ProviderFirewalls,
  { id, selectors }: Pick<ProviderFirewall, 'id' | 'selectors'>,
  ours: readonly string[],
): Promise<void> {
  for (const selector of ours) if (selectors.includes(selector)) await firewalls.removeFrom(id, selector);
  await firewalls.delete(id);
}
