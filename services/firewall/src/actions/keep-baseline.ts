import type { WorkLease } from '@cleanroom/kernel';
import { LOOK_AGAIN_SECONDS, RETRY_SECONDS, secondsAfter } from '../domain/check-intervals.js';
import { baselineLabels, baselineName, baselineSelector } from '../domain/firewall-name.js';
import { baselineRules } from '../domain/provider-rules.js';
import { ProviderError, type Baseline, type FirewallPorts, type FirewallTransaction } from '../ports.js';
import { ensureFirewall } from './ensure-firewall.js';

/** Keeps the project's baseline firewall as it must be: there, ours, and without any inbound rule. */
export async function keepBaseline(ports: FirewallPorts, lease: WorkLease): Promise<void> {
  const { transactions, provider, installation, now, log } = ports;
  const { id, organizationId } = lease;
  const known = await transactions.inOrganization(organizationId, ({ baselines }) => baselines.find(id));
  const firewalls = await provider.firewallsOf(organizationId, id);
  const later = (seconds: number) =>
    transactions.inOrganization(organizationId, (tx) =>
      tx.finish('baseline_firewall', lease, secondsAfter(now(), seconds)),
    );
  if (!known || !firewalls) return later(LOOK_AGAIN_SECONDS);
  const wanted = {
    name: baselineName(installation),
    labels: baselineLabels({ installation, organizationId }),
    rules: baselineRules,
    selector: baselineSelector(installation),
  };
  try {
    const { firewall, drifted } = await ensureFirewall(firewalls, wanted, known.firewallId);
    if (drifted)
      log.warn(
        { organizationId, hetznerProjectId: id },
        'the baseline firewall had drifted and was repaired',
      );
    await transactions.inOrganization(organizationId, async (tx) => {
      if (drifted || firewall.id !== known.firewallId) await save(tx, known, firewall.id, now());
      await tx.finish('baseline_firewall', lease, secondsAfter(now(), LOOK_AGAIN_SECONDS));
    });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log.warn(
      { organizationId, hetznerProjectId: id, failure: error.failure },
      `the baseline firewall must wait: ${error.message}`,
    );
    await later(RETRY_SECONDS);
  }
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
