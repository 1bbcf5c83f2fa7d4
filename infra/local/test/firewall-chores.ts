import { readFleet } from './fleet.js';
import type { TestInstallation } from './installation.js';

interface Firewall {
  id: number;
  applied_to: { type: string; label_selector?: { selector: string } }[];
}

const rule = (port: number) => ({ protocol: 'TCP', ports: String(port), cidrs: ['192.0.2.0/24'] });
const FOREIGN = 'left by somebody';

/** A policy comes, is assigned and changed, and the one before goes. */
export async function changeRules({ ask }: TestInstallation, poolId: string, turn: number): Promise<void> {
  const { firewallPolicies } = await ask<{ firewallPolicies: { nodes: { id: string; name: string }[] } }>(
    '{ firewallPolicies(first: 100) { nodes { id name } } }',
  );
  const change = (mutation: string, variables: Record<string, unknown>) =>
    ask<{ done: { firewallPolicy: { id: string } | null } }>(mutation, variables);
  for (const { id } of firewallPolicies.nodes.filter(({ name }) => name.startsWith('side-'))) {
    await change(
      `mutation($id: ID!, $poolId: ID!) {
         done: unassignFirewallPolicy(policyId: $id, poolId: $poolId) { userErrors { code } } }`,
      { id, poolId },
    );
    await change(`mutation($id: ID!) { done: deleteFirewallPolicy(id: $id) { userErrors { code } } }`, {
      id,
    });
  }
  const input = { name: `side-${turn}`, inbound: [], outbound: [rule(443)] };
  const { done } = await change(
    `mutation($input: FirewallPolicyInput!) {
       done: createFirewallPolicy(input: $input) { firewallPolicy { id } userErrors { code } } }`,
    { input },
  );
  const id = done.firewallPolicy?.id;
  if (!id) return;
  await change(
    `mutation($id: ID!, $poolId: ID!) {
       done: assignFirewallPolicy(policyId: $id, poolId: $poolId) { userErrors { code } } }`,
    { id, poolId },
  );
  await change(
    `mutation($id: ID!, $input: FirewallPolicyInput!) {
       done: updateFirewallPolicy(id: $id, input: $input) { userErrors { code } } }`,
    { id, input: { ...input, outbound: [rule(8_443)] } },
  );
}

/** What a customer may do in the console: a policy's firewall no longer finds its servers. */
export async function takeAwaySelector(installation: TestInstallation): Promise<void> {
  const at = atHetzner(installation);
  const { firewalls } = await at<{ firewalls: Firewall[] }>('GET', 'firewalls?per_page=50');
  const selected = firewalls.flatMap(({ id, applied_to }) =>
    applied_to.flatMap(({ type, label_selector }) =>
      type === 'label_selector' && label_selector ? [{ id, label_selector }] : [],
    ),
  );
  const [one] = selected;
  if (!one) return;
  const remove_from = [{ type: 'label_selector', label_selector: one.label_selector }];
  await at('POST', `firewalls/${one.id}/actions/remove_from_resources`, { remove_from });
}

/** What a customer may do in the console, too: open a server of ours with a firewall of their own. */
export async function openServer(installation: TestInstallation): Promise<void> {
  const idle = (await readFleet(installation.ask)).find(({ state }) => state === 'IDLE');
  const serverId = Number(idle?.machine?.serverId);
  if (!serverId) return;
  const at = atHetzner(installation);
  const query = `firewalls?name=${encodeURIComponent(FOREIGN)}`;
  const [known] = (await at<{ firewalls: Firewall[] }>('GET', query)).firewalls;
  const rules = [{ direction: 'in', protocol: 'tcp', port: '22', source_ips: ['0.0.0.0/0'] }];
  const made = known
    ? { firewall: known }
    : await at<{ firewall: Firewall }>('POST', 'firewalls', { name: FOREIGN, rules });
  const apply_to = [{ type: 'server', server: { id: serverId } }];
  await at('POST', `firewalls/${made.firewall.id}/actions/apply_to_resources`, { apply_to });
}

const atHetzner =
  ({ demo: { hetznerUrl, hetznerToken } }: TestInstallation) =>
  async <T>(method: string, path: string, body?: object): Promise<T> => {
    const headers = { authorization: `Bearer ${hetznerToken}`, 'content-type': 'application/json' };
    const sent = body ? { body: JSON.stringify(body) } : {};
    return (await (await fetch(`${hetznerUrl}/${path}`, { method, headers, ...sent })).json()) as T;
  };
