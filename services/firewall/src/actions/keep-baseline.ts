import type { WorkLease } from '@cleanroom/kernel';
import { LOOK_AGAIN_SECONDS, RETRY_SECONDS, secondsAfter } from '../domain/check-intervals.js';
import {
  baselineLabels,
  baselineName,
  baselineSelector,
  formerBaseline,
  type FirewallOwner,
} from '../domain/firewall-name.js';
import { baselineRules } from '../domain/provider-rules.js';
import {
  ProviderError,
  type Baseline,
  type FirewallPorts,
  type FirewallTransaction,
  type ProviderFirewalls,
} from '../ports.js';
import { ensureFirewall } from './ensure-firewall.js';
import { leaveFirewall } from './leave-firewall.js';
import { removeOrphanFirewalls } from './remove-orphan-firewalls.js';
import { setAsideFormer } from './set-aside-former.js';

/**
 * Keeps the project's baseline firewall as it must be, there, ours and without any inbound rule, until we are to leave; and
 * looks what else of ours is there.
 */
export async function keepBaseline(ports: FirewallPorts, lease: WorkLease): Promise<void> {
  const { transactions, provider, installation, now, log } = ports;
  const { id, organizationId } = lease;
  const { known, leftAt, mustWait } = await transactions.inOrganization(organizationId, async (tx) => ({
    known: await tx.baselines.find(id),
    leftAt: await tx.leftFirewalls.leftAt(id),
    mustWait: await tx.leftFirewalls.isBeingDeleted('baseline_firewall', id),
  }));
  const made = madeFor({ installation, organizationId });
  if (known && leftAt) {
    const left = { hetznerProjectId: id, leftAt, firewallId: known.firewallId, made };
    return leaveFirewall(ports, lease, { table: 'baseline_firewall', ...left });
  }
  const firewalls = await provider.firewallsOf(organizationId, id);
  const later = (seconds: number) =>
    transactions.inOrganization(organizationId, (tx) =>
      tx.finish('baseline_firewall', lease, secondsAfter(now(), seconds)),
    );
  if (!known || !firewalls) return later(LOOK_AGAIN_SECONDS);
  // It would be looked for by its name, and one of that name is about to be gone.
  if (known.firewallId === 0 && mustWait) return later(RETRY_SECONDS);
  try {
    await keep(ports, lease, { known, made, firewalls });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log.warn(
      { organizationId, hetznerProjectId: id, failure: error.failure },
      `the baseline firewall must wait: ${error.message}`,
    );
    return later(RETRY_SECONDS);
  }
  await removeOrphanFirewalls(ports, { organizationId, hetznerProjectId: id }, firewalls);
}

const madeFor = (owner: FirewallOwner) => ({
  name: baselineName(owner),
  labels: baselineLabels(owner),
  selector: baselineSelector(owner),
  former: formerBaseline(owner),
});

async function keep(
  { transactions, installation, now, log }: FirewallPorts,
  lease: WorkLease,
  { known, made, firewalls }: Kept,
): Promise<void> {
  const { id, organizationId } = lease;
  const wanted = { ...made, rules: baselineRules };
  const { firewall, drifted } = await ensureFirewall(firewalls, wanted, known.firewallId);
  if (known.firewallId === 0) await setAsideFormer(firewalls, { installation, organizationId });
  if (drifted)
    log.warn({ organizationId, hetznerProjectId: id }, 'the baseline firewall had drifted and was repaired');
  await transactions.inOrganization(organizationId, async (tx) => {
    if (drifted || firewall.id !== known.firewallId) await save(tx, known, firewall.id, now());
    await tx.finish('baseline_firewall', lease, secondsAfter(now(), LOOK_AGAIN_SECONDS));
  });
}

interface Kept {
  readonly known: Baseline;
  readonly made: ReturnType<typeof madeFor>;
  readonly firewalls: ProviderFirewalls;
}

/** It was made or set right: what was seen on machines before says nothing of it, and others hear of another one. */
async function save(
  tx: FirewallTransaction,
  known: Baseline,
  firewallId: number,
  changedAt: Date,
): Promise<void> {
  const isAnother = firewallId !== known.firewallId;
  const baseline = { ...known, firewallId, version: known.version + (isAnother ? 1 : 0), changedAt };
  await tx.baselines.save(baseline);
  if (isAnother) await tx.events.baselineChanged(baseline);
  await tx.verifications.soon(known.id);
}
