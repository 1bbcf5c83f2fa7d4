import type { WorkLease } from '@cleanroom/kernel';
import {
  LOOK_AGAIN_SECONDS,
  lookSoonSeconds,
  RETRY_SECONDS,
  secondsAfter,
} from '../domain/check-intervals.js';
import { protectionOf } from '../domain/protection.js';
import {
  ProviderError,
  type FirewallPorts,
  type FirewallTransaction,
  type Machine,
  type PolicyFirewall,
  type ProtectedServer,
} from '../ports.js';
import { takeOffForeign, type OpenedServer } from './take-off-foreign.js';

/**
 * Looks, in one read, at all machines of a project that have enrolled, and says of each whether its firewalls are in
 * force. A machine that is not protected yet brings the next look forward; protected ones are looked at for drift.
 */
export async function verifyMachines(ports: FirewallPorts, lease: WorkLease): Promise<void> {
  const { transactions, provider, now, log } = ports;
  const { id: hetznerProjectId, organizationId } = lease;
  const firewalls = await provider.firewallsOf(organizationId, hetznerProjectId);
  const { waiting, before } = await transactions.inOrganization(organizationId, async (tx) => ({
    waiting: await tx.machines.enrolledIn(hetznerProjectId),
    before: await firewallsOfOurs(tx, hetznerProjectId),
  }));
  const later = (seconds: number) =>
    transactions.inOrganization(organizationId, (tx) =>
      tx.finish('verification', lease, secondsAfter(now(), seconds)),
    );
  if (!firewalls || waiting.length === 0) return later(LOOK_AGAIN_SECONDS);
  try {
    const servers = new Map((await firewalls.listServers()).map((server) => [server.id, server]));
    const found = await transactions.inOrganization(organizationId, async (tx) => {
      // Read again: a machine that enrolled during the list call was in it or not, and the next look will tell.
      const machines = await tx.machines.enrolledIn(hetznerProjectId);
      // A firewall of ours that was deleted or made during the list call may be in it.
      const ours = new Set([...before, ...(await firewallsOfOurs(tx, hetznerProjectId))]);
      const findings: Finding[] = [];
      for (const machine of machines)
        findings.push(await judge(tx, { machine, server: servers.get(machine.serverId), ours }, now()));
      const looks = findings.map(({ verdict }) => nextLook[verdict](servers.size));
      await tx.finish('verification', lease, secondsAfter(now(), Math.min(LOOK_AGAIN_SECONDS, ...looks)));
      return findings;
    });
    await takeOffForeign(ports, { organizationId, hetznerProjectId }, firewalls, found);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log.warn(
      { organizationId, hetznerProjectId, failure: error.failure },
      `machines cannot be verified: ${error.message}`,
    );
    await later(RETRY_SECONDS);
  }
}

/** What was found of a machine. One that was protected may stay without for long, until somebody undoes what they did. */
type Verdict = 'protected' | 'no-longer' | 'not-yet';

interface Finding extends OpenedServer {
  readonly verdict: Verdict;
}

/** The baseline of a project and the firewall of every policy that it has. */
async function firewallsOfOurs(tx: FirewallTransaction, hetznerProjectId: string): Promise<number[]> {
  const baseline = await tx.baselines.find(hetznerProjectId);
  const ofPolicies = await tx.policyFirewalls.in(hetznerProjectId);
  return [...(baseline ? [baseline] : []), ...ofPolicies].map(({ firewallId }) => firewallId);
}

/** In how many seconds to look again. */
const nextLook: Record<Verdict, (machines: number) => number> = {
  protected: () => LOOK_AGAIN_SECONDS,
  'no-longer': () => RETRY_SECONDS,
  'not-yet': lookSoonSeconds,
};

interface Looked {
  readonly machine: Machine;
  readonly server: ProtectedServer | undefined;
  readonly ours: ReadonlySet<number>;
}

/** Decides whether the machine is protected, and tells everybody when that changed. */
async function judge(tx: FirewallTransaction, looked: Looked, now: Date): Promise<Finding> {
  const { machine, server, ours } = looked;
  const required = await requiredFirewalls(tx, machine);
  // Without a baseline of our own there is nothing that could have been verified.
  const protection = required && protectionOf({ required: required.ids, ours }, server?.firewalls ?? []);
  const isProtected = protection?.kind === 'protected';
  const foreign = protection?.kind === 'unprotected' ? protection.foreign : [];
  const finding = (verdict: Verdict): Finding => ({ verdict, serverId: machine.serverId, foreign });
  if (isProtected !== machine.protected) {
    const verifiedAt = isProtected ? now : machine.verifiedAt;
    const changed = { ...machine, protected: isProtected, verifiedAt, version: machine.version + 1 };
    // What was seen of a generation says nothing of the one that has begun meanwhile.
    if (!(await tx.machines.save(changed))) return finding('not-yet');
    await tx.events.machineProtectionChanged(changed);
    if (server && required && protection?.kind === 'unprotected')
      await repairSoon(tx, machine, required, protection.missing);
  }
  if (isProtected) return finding('protected');
  return finding(machine.verifiedAt || foreign.length > 0 ? 'no-longer' : 'not-yet');
}

interface RequiredFirewalls {
  readonly ids: readonly number[];
  readonly ofPolicies: readonly PolicyFirewall[];
}

/** All firewalls that must be in force; `undefined` while one of them does not exist yet. */
async function requiredFirewalls(
  tx: FirewallTransaction,
  machine: Machine,
): Promise<RequiredFirewalls | undefined> {
  const baseline = await tx.baselines.find(machine.hetznerProjectId);
  const policyIds = await tx.pools.policiesOf(machine.poolId);
  const ofPolicies = [];
  for (const policyId of policyIds) {
    const firewall = await tx.policyFirewalls.find(`${policyId}.${machine.hetznerProjectId}`);
    if (firewall && firewall.firewallId > 0) ofPolicies.push(firewall);
  }
  if (!baseline || baseline.firewallId === 0 || ofPolicies.length < policyIds.length) return undefined;
  return { ids: [baseline.firewallId, ...ofPolicies.map(({ firewallId }) => firewallId)], ofPolicies };
}

/** Firewalls that a protected machine has lost are set right at once, not when their turn comes. */
async function repairSoon(
  tx: FirewallTransaction,
  machine: Machine,
  { ofPolicies }: RequiredFirewalls,
  missing: readonly number[],
): Promise<void> {
  const lost = ofPolicies.filter(({ firewallId }) => missing.includes(firewallId));
  // A policy that its pool got since has not been in force on it yet.
  const before = await tx.pools.policiesBefore(machine.poolId, machine.verifiedAt ?? new Date(0));
  for (const { id, policyId, hetznerProjectId } of lost) {
    if (before.includes(policyId)) await tx.policyFirewalls.drifted(id);
    else await tx.policyFirewalls.want(policyId, hetznerProjectId);
  }
  if (lost.length < missing.length) await tx.baselines.makeDue(machine.hetznerProjectId);
}
