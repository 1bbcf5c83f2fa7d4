import { carriesLabels } from '../domain/firewall-name.js';
import { sameRules, type ProviderRule } from '../domain/provider-rules.js';
import { ProviderError, type ProviderFirewall, type ProviderFirewalls } from '../ports.js';

/** How a firewall must be at the provider. */
export interface WantedFirewall {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly rules: readonly ProviderRule[];
  readonly selector: string;
  /** How an earlier version of ours made it. */
  readonly former?: { readonly name: string; readonly selector: string };
}

/**
 * Makes the firewall be as wanted: creates it, adopts it after a lost answer, repairs what differs. The name is the
 * idempotency key, so this can be repeated at any point. Says whether something had drifted.
 *
 * @throws ProviderError `refused` when a firewall with our name has other labels: it is somebody else's.
 */
export async function ensureFirewall(
  firewalls: ProviderFirewalls,
  wanted: WantedFirewall,
  knownId: number,
): Promise<{ firewall: ProviderFirewall; drifted: boolean }> {
  const found = await findOurs(firewalls, wanted, knownId);
  if (!found) return { firewall: await firewalls.create(wanted), drifted: knownId > 0 };
  return { firewall: found, drifted: await repair(firewalls, found, wanted) };
}

/**
 * The firewall as it is now, by its id where that is known.
 *
 * @throws ProviderError `refused` when a firewall with our name has other labels: it is somebody else's.
 */
export async function findOurs(
  firewalls: ProviderFirewalls,
  { name, labels, former }: Pick<WantedFirewall, 'name' | 'labels' | 'former'>,
  knownId: number,
): Promise<ProviderFirewall | undefined> {
  const known = knownId > 0 ? await firewalls.get(knownId) : undefined;
  const found = known ?? (await firewalls.findByName(name));
  if (found && !carriesLabels(found.labels, labels)) {
    throw new ProviderError('refused', `the firewall "${name}" exists and is not ours`);
  }
  if (found || !former) return found;
  const older = await firewalls.findByName(former.name);
  return older && carriesLabels(older.labels, labels) ? older : undefined;
}

/** Sets right what differs. The new selector is there before the former one goes: no server is ever without. */
async function repair(
  firewalls: ProviderFirewalls,
  found: ProviderFirewall,
  { rules, selector, former }: WantedFirewall,
): Promise<boolean> {
  const rulesDiffer = !sameRules(rules, found.rules);
  if (rulesDiffer) await firewalls.setRules(found.id, rules);
  const selectorMissing = !found.selectors.includes(selector);
  if (selectorMissing) await firewalls.applyTo(found.id, selector);
  const isOlder = former !== undefined && found.selectors.includes(former.selector);
  if (isOlder) await firewalls.removeFrom(found.id, former.selector);
  return rulesDiffer || (selectorMissing && !isOlder);
}
