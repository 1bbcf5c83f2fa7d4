import type { WorkLease } from '@cleanroom/kernel';
import {
  LOOK_AGAIN_SECONDS,
  lookSoonSeconds,
  RETRY_SECONDS,
  secondsAfter,
} from '../domain/check-intervals.js';
import { protectionOf, stillInForce } from '../domain/protection.js';
import {
  ProviderError,
  type FirewallPorts,
  type FirewallTransaction,
  type Machine,
  type ProtectedServer,
} from '../ports.js';
import {
  firewallsOfProject,
  oursOf,
  requiredFirewalls,
  type ProjectFirewalls,
  type RequiredFirewalls,
} from './project-firewalls.js';
import { takeOffForeign, type OpenedServer } from './take-off-foreign.js';

/**
 * Looks, in one read, at all machines of a project that have enrolled, and says of each whether its firewalls are in
 * force. A machine that is not protected yet brings the next look forward; protected ones are looked at for drift.
 */
export async function verifyMachines(ports: FirewallPorts, lease: WorkLease): Promise<void> {
  const { transactions, provider, now, log } = ports;
  const { id: hetznerProjectId, organizationId } = lease;
  const firewalls = await provider.firewallsOf(organizationId, hetznerProjectId);
  const { hasLeft, waiting, before } = await transactions.inOrganization(organizationId, async (tx) => ({
    hasLeft: (await tx.leftFirewalls.leftAt(hetznerProjectId)) !== undefined,
    waiting: await tx.machines.enrolledIn(hetznerProjectId),
    before: oursOf(await firewallsOfProject(tx, hetznerProjectId)),
  }));
  const again = (at: Date | null) =>
    transactions.inOrganization(organizationId, (tx) => tx.finish('verification', lease, at));
  const later = (seconds: number) => again(secondsAfter(now(), seconds));
  if (hasLeft) return again(null);
  if (!firewalls || waiting.length === 0) return later(LOOK_AGAIN_SECONDS);
  const began = now();
  try {
    const servers = new Map((await firewalls.listServers()).map((server) => [server.id, server]));
    const found = await transactions.inOrganization(organizationId, async (tx) => {
      const findings = await judgeAll(tx, hetznerProjectId, { servers, before, began });
      const looks = findings.map(({ verdict }) => nextLook[verdict](servers.size));
      await tx.finish('verification', lease, secondsAfter(now(), Math.min(LOOK_AGAIN_SECONDS, ...looks)));
      await tx.verifications.looked(hetznerProjectId, began);
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

interface Look {
  readonly servers: ReadonlyMap<number, ProtectedServer>;
  /** Firewalls that were ours when it began. */
  readonly before: readonly number[];
  /** What it saw was so then or later; for what is wanted only since, it may have come too early. */
  readonly began: Date;
}

async function judgeAll(
  tx: FirewallTransaction,
  hetznerProjectId: string,
  { servers, before, began }: Look,
): Promise<Finding[]> {
  // Read again: a machine that enrolled during the list call was in it or not, and the next look will tell.
  const machines = await tx.machines.enrolledIn(hetznerProjectId);
  // A firewall of ours that was deleted or made during the list call may be in it.
  const project = await firewallsOfProject(tx, hetznerProjectId, machines);
  const ours = new Set([...before, ...oursOf(project)]);
  const findings: Finding[] = [];
  for (const machine of machines) {
    const server = servers.get(machine.serverId);
    findings.push(await judge(tx, { machine, server, project, ours, began }));
  }
  return findings;
}

/** What was found of a machine. One that was protected may stay without for long, until somebody undoes what they did. */
type Verdict = 'protected' | 'no-longer' | 'not-yet';

interface Finding extends OpenedServer {
  readonly verdict: Verdict;
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
  readonly project: ProjectFirewalls;
  readonly ours: ReadonlySet<number>;
  readonly began: Date;
}

/** Decides whether the machine is protected, and tells everybody when that changed. */
async function judge(tx: FirewallTransaction, looked: Looked): Promise<Finding> {
  const { machine, server, project, ours, began } = looked;
  const required = requiredFirewalls(project, machine);
  // Without a baseline of our own there is nothing that could have been verified.
  const protection = required && protectionOf({ required: required.ids, ours }, server?.firewalls ?? []);
  const isProtected = protection?.kind === 'protected';
  const foreign = protection?.kind === 'unprotected' ? protection.foreign : [];
  const finding = (verdict: Verdict): Finding => ({ verdict, serverId: machine.serverId, foreign });
  const inForce = stillInForce(machine.inForce, policiesSeen(looked), isProtected);
  const isTurned = isProtected !== machine.protected;
  if (isTurned || inForce.join() !== machine.inForce.join()) {
    const verifiedAt = isProtected ? began : machine.verifiedAt;
    const version = machine.version + (isTurned ? 1 : 0);
    const changed = { ...machine, protected: isProtected, verifiedAt, inForce, version };
    // What was seen of a generation says nothing of the one that has begun meanwhile.
    if (!(await tx.machines.save(changed))) return finding('not-yet');
    if (isTurned) await tx.events.machineProtectionChanged(changed);
    if (server && required && protection?.kind === 'unprotected')
      await repairSoon(tx, machine, required, protection.missing);
  }
  if (isProtected) return finding('protected');
  return finding(machine.verifiedAt || foreign.length > 0 ? 'no-longer' : 'not-yet');
}

/** Policies whose firewalls are in force on the machine, also those that its pool has no longer; in a fixed order. */
function policiesSeen({ server, project }: Looked): string[] {
  const applied = (server?.firewalls ?? []).filter(({ status }) => status === 'applied').map(({ id }) => id);
  const seen = [...project.ofPolicies.values()].filter(({ firewallId }) => applied.includes(firewallId));
  return seen.map(({ policyId }) => policyId).sort();
}

/** Firewalls that a protected machine has lost are set right at once, not when their turn comes. */
async function repairSoon(
  tx: FirewallTransaction,
  machine: Machine,
  { ofPolicies }: RequiredFirewalls,
  missing: readonly number[],
): Promise<void> {
  const lost = ofPolicies.filter(({ firewallId }) => missing.includes(firewallId));
  for (const { id, policyId, hetznerProjectId } of lost) {
    // A policy that its pool got since has not been in force on it yet.
    if (machine.inForce.includes(policyId)) await tx.policyFirewalls.drifted(id);
    else await tx.policyFirewalls.want(policyId, hetznerProjectId);
  }
  if (lost.length < missing.length) await tx.baselines.makeDue(machine.hetznerProjectId);
}
