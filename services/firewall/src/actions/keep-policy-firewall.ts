import type { WorkLease } from '@cleanroom/kernel';
import { LOOK_AGAIN_SECONDS, RETRY_SECONDS, secondsAfter } from '../domain/check-intervals.js';
import { policyFirewallLabels, policyFirewallName, policySelector } from '../domain/firewall-name.js';
import { providerRules, sameRules } from '../domain/provider-rules.js';
import {
  ProviderError,
  type FirewallPorts,
  type FirewallTransaction,
  type Policy,
  type PolicyFirewall,
  type ProviderFirewalls,
} from '../ports.js';
import { ensureFirewall, findOurs } from './ensure-firewall.js';

/** Keeps a policy's firewall in one project as the policy says; deletes it once the policy is deleted. */
export async function keepPolicyFirewall(ports: FirewallPorts, lease: WorkLease): Promise<void> {
  const { transactions, provider, now, log } = ports;
  const { organizationId } = lease;
  const { known, policy } = await transactions.inOrganization(organizationId, (tx) => readBoth(tx, lease.id));
  const firewalls = known && (await provider.firewallsOf(organizationId, known.hetznerProjectId));
  const later = (seconds: number) =>
    transactions.inOrganization(organizationId, (tx) =>
      tx.finish('policy_firewall', lease, secondsAfter(now(), seconds)),
    );
  if (!known || !policy || !firewalls) return later(LOOK_AGAIN_SECONDS);
  try {
    await (policy.deleted
      ? remove(ports, lease, known, firewalls)
      : keep(ports, lease, { known, policy, firewalls }));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log.warn(
      { organizationId, policyId: policy.id, failure: error.failure },
      `the policy's firewall must wait: ${error.message}`,
    );
    await later(RETRY_SECONDS);
  }
}

/** Held, so that both are of one time: a change that came between would look as if somebody else had made it. */
async function readBoth(
  { policyFirewalls, policies }: FirewallTransaction,
  id: string,
): Promise<{ known?: PolicyFirewall | undefined; policy?: Policy | undefined }> {
  const found = await policyFirewalls.find(id);
  const policy = found && (await policies.hold(found.policyId));
  return { policy, known: found && (await policyFirewalls.find(id)) };
}

async function keep(
  { transactions, installation, now, log }: FirewallPorts,
  lease: WorkLease,
  { known, policy, firewalls }: { known: PolicyFirewall; policy: Policy; firewalls: ProviderFirewalls },
): Promise<void> {
  const { organizationId } = lease;
  const wanted = {
    name: policyFirewallName(policy.id),
    labels: policyFirewallLabels({ installation, organizationId }, policy.id),
    rules: providerRules(policy),
    selector: policySelector(installation, policy.id),
  };
  const { firewall, drifted } = await ensureFirewall(firewalls, wanted, known.firewallId);
  // A policy that was changed, or has no firewall yet, is not as the project has it by our own doing.
  const byOthers = drifted && known.status !== 'PENDING';
  if (byOthers)
    log.info({ organizationId, policyId: policy.id }, "the policy's firewall differed and was set again");
  // What was still pending may have been set by a step that crashed before it could say so.
  const isChanged = drifted || known.status === 'PENDING' || firewall.id !== known.firewallId;
  const changedAt = isChanged ? now() : known.changedAt;
  await transactions.inOrganization(organizationId, async (tx) => {
    // Held, so that a change of the policy is either seen here or marks the firewall as pending after us.
    const current = await tx.policies.hold(policy.id);
    const isCurrent = current !== undefined && sameRules(providerRules(current), wanted.rules);
    await tx.policyFirewalls.save({
      ...known,
      firewallId: firewall.id,
      status: isCurrent ? 'APPLIED' : 'PENDING',
      driftedAt: byOthers ? now() : known.driftedAt,
      changedAt,
    });
    await tx.finish('policy_firewall', lease, secondsAfter(now(), LOOK_AGAIN_SECONDS));
    if (isChanged) await tx.verifications.soon(known.hetznerProjectId);
  });
}

/** Taken off the servers first: Hetzner refuses to delete a firewall that is in use. */
async function remove(
  { transactions, installation }: FirewallPorts,
  lease: WorkLease,
  known: PolicyFirewall,
  firewalls: ProviderFirewalls,
): Promise<void> {
  const { organizationId } = lease;
  const ours = {
    name: policyFirewallName(known.policyId),
    labels: policyFirewallLabels({ installation, organizationId }, known.policyId),
  };
  const firewall = await findOurs(firewalls, ours, known.firewallId);
  if (firewall) {
    const selector = policySelector(installation, known.policyId);
    if (firewall.selectors.includes(selector)) await firewalls.removeFrom(firewall.id, selector);
    await firewalls.delete(firewall.id);
  }
  await transactions.inOrganization(organizationId, async (tx) => {
    await tx.finish('policy_firewall', lease, null);
    await tx.policyFirewalls.remove(known.id);
  });
}
