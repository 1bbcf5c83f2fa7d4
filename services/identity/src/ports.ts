import type { BudgetHold, Log, Role, WorkLease } from '@cleanroom/kernel';
import type { Secret } from '@cleanroom/secrets';
import type { AuditActorKind } from './domain/audit-actor-kind.js';
import type { ConnectionStatus } from './domain/connection-status.js';
import type { KnownMachine } from './domain/enrolment.js';
import type { CredentialHolder } from './domain/machine-credential.js';
import type { ProviderFailure } from './domain/provider-failure.js';
import type { Session } from './domain/session.js';
import type { StaticIpStore } from './static-ip-port.js';

export type { ProviderFailure };

/** A failed call to a provider, classified once. */
export class ProviderError extends Error {
  constructor(
    readonly failure: ProviderFailure,
    message: string,
    readonly retryAt?: Date,
  ) {
    super(message);
  }
}

export interface ProviderIp {
  readonly id: number;
  readonly address: string;
  readonly location: string;
  readonly created: Date;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ProviderMark {
  readonly id: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** One Hetzner project, as identity uses it. Every method throws ProviderError. */
export interface HetznerProjectCalls {
  /** In which Hetzner bills the project; ISO 4217. */
  currency(): Promise<string>;
  findMark(): Promise<ProviderMark | undefined>;
  /** Registers the public half of a key pair whose other half never existed outside this call. */
  createMark(labels: Record<string, string>): Promise<ProviderMark>;
  relabelMark(id: number, labels: Record<string, string>): Promise<void>;
  /** Deleting one that is gone counts as done. */
  deleteMark(id: number): Promise<void>;
  /** Never repeated by itself; the name is unique in the project. */
  createIp(ip: { name: string; location: string; labels: Record<string, string> }): Promise<ProviderIp>;
  findIpByName(name: string): Promise<ProviderIp | undefined>;
  /** All IPs of this installation, in one batched read. */
  listIps(): Promise<ProviderIp[]>;
  /** Whatever its labels say. */
  ipExists(id: number): Promise<boolean>;
  /** Deleting one that is gone says so; `unknown-outcome` where that may be the work of a request with a lost answer. */
  deleteIp(id: number): Promise<'deleted' | 'gone'>;
}

/** One GitLab, as identity uses it. */
export interface GitLabCalls {
  /** Scopes of the token. */
  scopes(): Promise<readonly string[]>;
}

export interface Providers {
  hetzner(endpoint: string, token: Secret): HetznerProjectCalls;
  gitlab(url: string, token: Secret): GitLabCalls;
  /** Whether a customer may point us there at all. */
  isAllowed(address: string): boolean;
}

export interface HetznerProject {
  readonly id: string;
  readonly organizationId: string;
  readonly version: number;
  readonly name: string;
  readonly endpoint: string;
  readonly status: ConnectionStatus;
  readonly lastCheckedAt: Date | null;
  readonly sshKeyId: number;
  /** ISO 4217; null where it was connected before that was asked for. */
  readonly currency: string | null;
  readonly deleted: boolean;
}

export interface GitLabConnection {
  readonly id: string;
  readonly organizationId: string;
  readonly version: number;
  readonly name: string;
  readonly url: string;
  readonly status: ConnectionStatus;
  readonly lastCheckedAt: Date | null;
  readonly deleted: boolean;
}

export interface ApiToken {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
}

/** Who did what, with what outcome. */
export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  /** Id of what it was done to; null where that does not exist. */
  readonly target: string | null;
  readonly outcome: string;
}

/** Which part of the audit log. */
export interface AuditPage {
  readonly limit: number;
  readonly beforeId: string | undefined;
  /** Whose entries; everybody's where it is left out. */
  readonly actorKinds: readonly AuditActorKind[] | undefined;
}

export interface ConnectionStore<C extends { id: string }> {
  find(id: string): Promise<C | undefined>;
  /** Likewise, and keeps everybody else from changing it until the transaction ends. */
  lock(id: string): Promise<C | undefined>;
  all(): Promise<C[]>;
  /** Those that were disconnected too, unless nothing ever used them. */
  everUsed(): Promise<C[]>;
  tokenOf(id: string): Promise<Secret | undefined>;
  /** Saves a new one and tells the services that use it; false, and nothing done, where the same is connected already. */
  insert(connection: C, token: Secret): Promise<boolean>;
  /** Saves what changed and tells the services that use it. */
  change(id: string, patch: Partial<C>, token?: Secret): Promise<C>;
  /** Notes that it was looked at. That concerns nobody else, so nobody is told. */
  checked(id: string, at: Date): Promise<void>;
  /** Whether a living pool uses it, or an address that is not given back yet. */
  isInUse(id: string): Promise<boolean>;
}

export interface MachineStore {
  /** Keeps everybody else from it until the transaction ends. */
  find(id: string): Promise<KnownMachine | undefined>;
  /** Notes who used the ticket; the caller holds the row since {@link find}. */
  useTicket(id: string, publicKey: string, now: Date): Promise<void>;
  quarantine(id: string): Promise<void>;
  /** Notes of which generation it was told that somebody elsewhere holds its ticket. */
  toldElsewhere(id: string, generation: number): Promise<void>;
  tokenIssued(runnerId: string, at: Date): Promise<void>;
  /** By runner; none for one that has never asked for a token. */
  lastTokensIssued(runnerIds: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  /** Tells everybody what identity now knows of the machine. */
  tell(id: string, status: 'ENROLLED' | 'QUARANTINED', at: Date): Promise<void>;
}

export interface SessionStore {
  insert(session: Session): Promise<void>;
  /** Whether there was one. */
  delete(hash: Uint8Array): Promise<boolean>;
  /** Forgets those that have ended. */
  forgetEnded(now: Date): Promise<void>;
}

export type WorkTable = 'static_ip' | 'hetzner_check' | 'gitlab_check';

/** What a transaction of one organisation can reach. */
export interface IdentityTransaction {
  readonly hetznerProjects: ConnectionStore<HetznerProject>;
  readonly gitlabConnections: ConnectionStore<GitLabConnection>;
  readonly staticIps: StaticIpStore;
  readonly machines: MachineStore;
  readonly sessions: SessionStore;
  /** What the budgets over a pool say. */
  budgetOver(poolId: string): Promise<BudgetHold>;
  organization(): Promise<{ id: string; name: string } | undefined>;
  /** The one of that name, whosesoever it is; nobody makes another until the transaction ends. */
  organizationNamed(name: string): Promise<string | undefined>;
  insertOrganization(organization: { id: string; name: string; timeZone: string }): Promise<void>;
  /** Those that are not revoked. */
  apiTokens(): Promise<ApiToken[]>;
  /** Likewise, and keeps everybody else from revoking one until the transaction ends. */
  lockApiTokens(): Promise<ApiToken[]>;
  insertApiToken(token: ApiToken, hash: Uint8Array): Promise<void>;
  /** Whether there was one to revoke. */
  revokeApiToken(id: string, now: Date): Promise<boolean>;
  /** Appends to the audit log, which nobody can change. @param outcome the code of a refusal where nothing was done */
  audit(actor: string, action: string, target: string | null, outcome?: string): Promise<void>;
  /** The newest first. */
  auditPage(page: AuditPage): Promise<AuditEntry[]>;
  /** Forgets some of the tokens that machines got before that time; of all that is in the audit log these alone. */
  forgetIssuedTokens(before: Date): Promise<void>;
  /** Gives the row back; fails where the lease was lost, and so undoes the whole transaction. */
  finish(table: WorkTable, lease: WorkLease, nextDueAt: Date | null): Promise<void>;
}

export interface Transactions {
  /** Runs `work` in one transaction that sees the organisation's rows only. */
  inOrganization<T>(organizationId: string, work: (tx: IdentityTransaction) => Promise<T>): Promise<T>;
}

export type { Answer } from '@cleanroom/kernel';

/** What every action needs. */
export interface IdentityPorts {
  readonly transactions: Transactions;
  readonly providers: Providers;
  readonly installation: string;
  readonly publicOrigin: string;
  readonly now: () => Date;
  /** By the wall clock: of tokens, which people outside check. */
  readonly realNow: () => Date;
  readonly newId: (kind: 'organization' | 'hetznerProject' | 'gitlabConnection' | 'apiToken') => string;
  readonly newToken: (prefix: string) => Secret;
  readonly hashOf: (token: string) => Uint8Array;
  /** The one credential of a machine's generation; computed each time, and stored nowhere. */
  readonly credentialOf: (holder: CredentialHolder) => string;
  readonly log: Log;
}
