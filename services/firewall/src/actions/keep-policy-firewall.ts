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
import { deleteFirewall } from './delete-firewall.js';
import { ensureFirewall, findOurs } from './ensure-firewall.js';
import { leaveFirewall, type LeftFirewall } from './leave-firewall.js';

/** Keeps a policy's firewall in one project as the policy says; deletes it once the policy is deleted. */
export async function keepPolicyFirewall(ports: FirewallPorts, lease: WorkLease): Promise<void> {
  const { transactions, provider, now, log } = ports;
  const { organizationId } = lease;
  const { known, policy, leftAt, mustWait } = await transactions.inOrganization(organizationId, (tx) =>
    readAll(tx, lease.id),
  );
  if (known && leftAt) return leaveFirewall(ports, lease, leftFirewall(ports, known, leftAt));
  const firewalls = known && (await provider.firewallsOf(organizationId, known.hetznerProjectId));
  const later = (seconds: number) =>
    transactions.inOrganization(organizationId, (tx) =>
      tx.finish('policy_firewall', lease, secondsAfter(now(), seconds)),
    );
  if (!known || !policy || !firewalls) return later(LOOK_AGAIN_SECONDS);
  if (mustWait) return later(RETRY_SECONDS);
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

/** What is known at the beginning of a step. */
interface Known {
  readonly known?: PolicyFirewall | undefined;
  readonly policy?: Policy | undefined;
  /** Since when the project is disconnected. */
  readonly leftAt?: Date | undefined;
  /** It would be looked for by its name, and one of that name is just being deleted. */
  readonly mustWait?: boolean;
}

async function readAll(tx: FirewallTransaction, id: string): Promise<Known> {
  const { policyFirewalls, policies, leftFirewalls } = tx;
  const found = await policyFirewalls.find(id);
  if (!found) return {};
  // Held, so that both are of one time: a change that came between would look as if somebody else had made it.
  const policy = await policies.hold(found.policyId);
  return {
    policy,
    known: await policyFirewalls.find(id),
    leftAt: await leftFirewalls.leftAt(found.hetznerProjectId),
    mustWait: found.firewallId === 0 && (await leftFirewalls.isBeingDeleted('policy_firewall', id)),
  };
}

const madeFor = ({ installation }: FirewallPorts, { organizationId, policyId }: PolicyFirewall) => ({
  name: policyFirewallName(policyId),
  labels: policyFirewallLabels({ installation, organizationId }, policyId),
  selector: policySelector(installation, policyId),
});

const leftFirewall = (ports: FirewallPorts, known: PolicyFirewall, leftAt: Date): LeftFirewall => {
  const { hetznerProjectId, firewallId } = known;
  return { table: 'policy_firewall', hetznerProjectId, leftAt, firewallId, made: madeFor(ports, known) };
};

async function keep(
  ports: FirewallPorts,
  lease: WorkLease,
  { known, policy, firewalls }: { known: PolicyFirewall; policy: Policy; firewalls: ProviderFirewalls },
): Promise<void> {
  const { transactions, now, log } = ports;
  const { organizationId } = lease;
  const wanted = { ...madeFor(ports, known), rules: providerRules(policy) };
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

async function remove(
  ports: FirewallPorts,
  lease: WorkLease,
  known: PolicyFirewall,
  firewalls: ProviderFirewalls,
): Promise<void> {
  const made = madeFor(ports, known);
  const firewall = await findOurs(firewalls, made, known.firewallId);
  if (firewall) await deleteFirewall(firewalls, firewall, [made.selector]);
  await ports.transactions.inOrganization(lease.organizationId, async (tx) => {
    await tx.finish('policy_firewall', lease, null);
    await tx.policyFirewalls.remove(known.id);
  });
}
