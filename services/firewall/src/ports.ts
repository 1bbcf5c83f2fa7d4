import type { AuditRecord, Log, WorkLease } from '@cleanroom/kernel';
import type { PolicyRules } from './domain/firewall-rule.js';
import type { AppliedFirewall } from './domain/protection.js';
import type { ProviderRule } from './domain/provider-rules.js';
import type { FirewallTable, LeftFirewallStore } from './left-firewall-port.js';
import type { FirewallList, SightedFirewallStore } from './sighted-firewall-port.js';

/** A firewall as the provider tells it. */
export interface ProviderFirewall {
  readonly id: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly ProviderRule[];
  /** Label selectors that it is applied to. */
  readonly selectors: readonly string[];
  /** Servers that it is applied to by themselves. */
  readonly serverIds: readonly number[];
}

/** A server of ours with the firewalls in force on it. */
export interface ProtectedServer {
  readonly id: number;
  readonly firewalls: readonly AppliedFirewall[];
}

/** Why the provider did not do what it was asked. */
export type ProviderFailure =
  | 'credentials-invalid'
  | 'name-taken'
  | 'in-use'
  | 'not-found'
  | 'busy'
  | 'refused'
  /** It may have happened or not: look before asking again. */
  | 'unknown-outcome';

/** A failed call to the provider, classified once. */
export class ProviderError extends Error {
  constructor(
    readonly failure: ProviderFailure,
    message: string,
    /** When it makes sense to try again, where the provider said so. */
    readonly retryAt?: Date,
  ) {
    super(message);
  }
}

/**
 * Firewalls in one Hetzner project. Every method throws ProviderError. Repeating `setRules`, `applyTo`, `removeFrom` and
 * `takeOff` is harmless: what is already so counts as done. Deleting one that is gone counts as done.
 */
export interface ProviderFirewalls extends FirewallList {
  findByName(name: string): Promise<ProviderFirewall | undefined>;
  get(id: number): Promise<ProviderFirewall | undefined>;
  /** Names are unique in a project: a lost answer shows as `name-taken` when asked again. */
  create(firewall: {
    name: string;
    labels: Record<string, string>;
    rules: readonly ProviderRule[];
    selector: string;
  }): Promise<ProviderFirewall>;
  setRules(id: number, rules: readonly ProviderRule[]): Promise<void>;
  applyTo(id: number, selector: string): Promise<void>;
  removeFrom(id: number, selector: string): Promise<void>;
  /** Takes it off a server that it is applied to by itself. */
  takeOff(id: number, serverId: number): Promise<void>;
  delete(id: number): Promise<void>;
  /** All servers of this installation in the project, in one batched read. */
  listServers(): Promise<ProtectedServer[]>;
}

/** Opens the project's API; `undefined` while it has no usable credentials. */
export interface ProviderAccess {
  firewallsOf(organizationId: string, hetznerProjectId: string): Promise<ProviderFirewalls | undefined>;
  /** Of a project that was disconnected, to clean up in it and for nothing else; `undefined` once its token is forgotten. */
  firewallsLeftIn(organizationId: string, hetznerProjectId: string): Promise<ProviderFirewalls | undefined>;
}

export interface Policy extends PolicyRules {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly deleted: boolean;
}

/** The firewall without inbound rules of one project. */
export interface Baseline {
  /** The project's id: one baseline each. */
  readonly id: string;
  readonly organizationId: string;
  readonly version: number;
  readonly firewallId: number;
  /** Since when it is at the provider as it must be; what was seen on a machine before tells nothing of it. */
  readonly changedAt: Date;
}

/** A policy's firewall within one project. */
export interface PolicyFirewall {
  /** `<policy id>.<project id>`. */
  readonly id: string;
  readonly organizationId: string;
  readonly policyId: string;
  readonly hetznerProjectId: string;
  readonly firewallId: number;
  readonly status: 'PENDING' | 'APPLIED' | 'DRIFTED';
  /** When it was last found changed by somebody else; null where it never was. */
  readonly driftedAt: Date | null;
  /** Since when it is at the provider as the policy says; what was seen on a machine before tells nothing of it. */
  readonly changedAt: Date;
}

/** What is known of a machine whose present generation has enrolled. */
export interface Machine {
  readonly id: string;
  readonly organizationId: string;
  readonly runnerId: string;
  readonly poolId: string;
  readonly hetznerProjectId: string;
  readonly generation: number;
  readonly serverId: number;
  readonly version: number;
  /** Whether the last look saw in force all that its pool wanted then: what provisioning is told. */
  readonly protected: boolean;
  /** When the last look began that saw all of it; null where none has. */
  readonly verifiedAt: Date | null;
  /** The policies that were seen in force then, without those that a look has missed since. */
  readonly inForce: readonly string[];
}

/** What was seen of the machine that a runner has now. */
export interface SeenMachine extends Pick<Machine, 'runnerId' | 'verifiedAt' | 'inForce'> {
  /** Whether all that is wanted now was seen in force, as it is wanted now: stricter than what provisioning is told. */
  readonly protected: boolean;
}

/** Facts for everybody else; written to the outbox of the same transaction. */
export interface FirewallEvents {
  baselineChanged(baseline: Baseline): Promise<void>;
  poolPoliciesChanged(poolId: string, version: number, policyIds: readonly string[]): Promise<void>;
  machineProtectionChanged(machine: Machine): Promise<void>;
}

export interface PolicyStore {
  find(id: string): Promise<Policy | undefined>;
  /** Those that there are, in any order. */
  findAll(ids: readonly string[]): Promise<Policy[]>;
  /** The same, and nobody else changes or assigns it until this transaction is over. */
  hold(id: string): Promise<Policy | undefined>;
  /** Until this transaction is over nobody else looks for a name: what is free now is still so when it is taken. */
  findByName(name: string): Promise<Policy | undefined>;
  insert(policy: Policy): Promise<void>;
  update(policy: Policy): Promise<void>;
  /** Policies that are not deleted, in the order of their ids, which is that of their making. */
  page(limit: number, afterId: string | undefined): Promise<Policy[]>;
  count(): Promise<number>;
  /** Pools that have the policy. */
  poolsOf(policyId: string): Promise<string[]>;
  /** Those that a machine whose pool has them lacks; one that was never protected takes no job yet, and does not count. */
  lackedSomewhere(policyIds: readonly string[]): Promise<string[]>;
}

export interface PoolStore {
  /** The pool's project; `undefined` where the pool is unknown or gone. */
  find(poolId: string): Promise<{ id: string; hetznerProjectId: string } | undefined>;
  /** The same, and nobody else changes its policies until this transaction is over. */
  hold(poolId: string): Promise<{ id: string; hetznerProjectId: string } | undefined>;
  policiesOf(poolId: string): Promise<string[]>;
  /** Which policy which pool has, in the order of the policies' ids. */
  assignmentsOf(
    poolIds: readonly string[],
  ): Promise<{ readonly poolId: string; readonly policyId: string }[]>;
  /** Assigns or unassigns; returns the version for the event, or `undefined` where nothing changed. */
  assign(poolId: string, policyId: string): Promise<number | undefined>;
  unassign(poolId: string, policyId: string): Promise<number | undefined>;
}

export interface BaselineStore {
  find(id: string): Promise<Baseline | undefined>;
  save(baseline: Baseline): Promise<void>;
  /** Makes the project's baseline due now. */
  makeDue(id: string): Promise<void>;
}

export interface PolicyFirewallStore {
  find(id: string): Promise<PolicyFirewall | undefined>;
  ofPolicies(policyIds: readonly string[]): Promise<PolicyFirewall[]>;
  /** All of a project, also those that are about to be deleted. */
  in(hetznerProjectId: string): Promise<PolicyFirewall[]>;
  /** Makes it wanted in a project and due now; keeps what is known of it. */
  want(policyId: string, hetznerProjectId: string): Promise<void>;
  /** Makes all firewalls of a policy due now, and pending until that is done. */
  makeDue(policyId: string): Promise<void>;
  /** Marks one as not in force where it must be, and makes it due now. */
  drifted(id: string): Promise<void>;
  save(firewall: PolicyFirewall): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface MachineStore {
  /** What was seen of the living machines of runners, the newest of each. */
  seenOf(runnerIds: readonly string[]): Promise<SeenMachine[]>;
  /** All living machines of a project that have enrolled: one batched read verifies them together. */
  enrolledIn(hetznerProjectId: string): Promise<Machine[]>;
  /** Saves what was found of a generation; false, and nothing saved, where the next one has begun since. */
  save(machine: Machine): Promise<boolean>;
}

export interface VerificationStore {
  /** A look that began then saw all machines of a project; what it found new of one is saved with the machine. */
  looked(hetznerProjectId: string, at: Date): Promise<void>;
  /** Has a project's machines looked at once what was changed for them can be in force. */
  soon(hetznerProjectId: string): Promise<void>;
}

/** What a transaction of one organisation can reach. */
export interface FirewallTransaction {
  /** Tells the audit log, together with what the transaction changes. */
  audit(record: AuditRecord): Promise<void>;
  readonly policies: PolicyStore;
  readonly pools: PoolStore;
  readonly baselines: BaselineStore;
  readonly policyFirewalls: PolicyFirewallStore;
  readonly leftFirewalls: LeftFirewallStore;
  readonly sightedFirewalls: SightedFirewallStore;
  readonly machines: MachineStore;
  readonly verifications: VerificationStore;
  readonly events: FirewallEvents;
  /** Gives the row back; fails where the lease was lost, and so undoes the whole transaction. */
  finish(table: WorkTable, lease: WorkLease, nextDueAt: Date | null): Promise<void>;
}

export type WorkTable = FirewallTable | 'verification';

export interface Transactions {
  /** Runs `work` in one transaction that sees the organisation's rows only. */
  inOrganization<T>(organizationId: string, work: (tx: FirewallTransaction) => Promise<T>): Promise<T>;
}

export type { Answer } from '@cleanroom/kernel';

/** What every action needs. */
export interface FirewallPorts {
  readonly transactions: Transactions;
  readonly provider: ProviderAccess;
  readonly installation: string;
  readonly now: () => Date;
  readonly newPolicyId: () => string;
  readonly log: Log;
}
