import { formerBaseline, type FirewallOwner } from '../domain/firewall-name.js';
import type { ProviderFirewalls } from '../ports.js';

/**
 * A baseline that an earlier version made for an organisation that had the project before, and that stayed there, finds
 * every server of this installation. Whoever has the project now is alone in it: theirs are not that firewall's to find.
 */
export async function setAsideFormer(firewalls: ProviderFirewalls, owner: FirewallOwner): Promise<void> {
  const { name, selector } = formerBaseline(owner);
  const found = await firewalls.findByName(name);
  if (found?.labels['cleanroom-installation'] !== owner.installation) return;
  if (found.selectors.includes(selector)) await firewalls.removeFrom(found.id, selector);
}
