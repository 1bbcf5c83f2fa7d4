import type { AuditRecord, BudgetHold, Log, WorkLease } from '@cleanroom/kernel';
import type { Machine } from './domain/machine.js';
import type { SoldOut } from './domain/placement.js';
import type { Pool } from './domain/pool.js';
import type { Runner } from './domain/runner.js';
import type { RunnerState } from './domain/runner-state.js';
import type { GitLabScope, ProviderAccess } from './provider-ports.js';

export * from './provider-ports.js';

/** What is known here of a Hetzner project. */
export interface Project {
  readonly id: string;
  readonly usable: boolean;
  readonly sshKeyId: number;
  /** 0 until the firewall service has made one. */
  readonly baselineFirewallId: number;
}

export type TimelineKind = 'state' | 'wake' | 'drain' | 'order' | 'machine' | 'BUDGET_EXHAUSTED';

/** What a runner's timeline tells people. */
export interface TimelineEntry {
  readonly kind: TimelineKind;
  readonly message: string;
  readonly actor: string;
}

export type RunnerPatch = Partial<Omit<Runner, 'id' | 'organizationId' | 'poolId' | 'version'>>;
export type MachinePatch = Partial<
  Omit<Machine, 'id' | 'organizationId' | 'runnerId' | 'version' | 'hasGitlabToken'>
> & {
  /** Null forgets it. */
  readonly gitlabTokenSealed?: Uint8Array | null;
  readonly ticketHash?: Uint8Array;
};

export interface PoolStore {
  find(id: string): Promise<Pool | undefined>;
  /** Those that there are, in any order. */
  findAll(ids: readonly string[]): Promise<Pool[]>;
  /**
   * Likewise, through the pool's turnstile: until the transaction ends nobody else changes what is wanted of the pool or
   * of its runners, and none of its machines is ordered.
   */
  lock(id: string): Promise<Pool | undefined>;
  /** Likewise, for who only orders: many may at once, but none while somebody has it locked. */
  lockShared(id: string): Promise<Pool | undefined>;
  /** Until the transaction ends nobody else can take the name. */
  findByName(name: string): Promise<Pool | undefined>;
  page(limit: number, afterId: string | undefined): Promise<Pool[]>;
  count(): Promise<number>;
  insert(pool: Pool, createdAt: Date): Promise<void>;
  /** Saves the pool, tells everybody, and has its runners decided anew. */
  change(id: string, patch: Partial<Pool>): Promise<Pool>;
  /** Has its runners decided anew at an instant. */
  makeDue(id: string, at: Date): Promise<void>;
  /** Of all its pools, also those that are gone: what they left behind is looked for there. */
  placesOf(gitlabConnectionId: string): Promise<GitLabPlaces>;
  soldOut(hetznerProjectId: string): Promise<SoldOut[]>;
  markSoldOut(hetznerProjectId: string, entry: SoldOut): Promise<void>;
}

export interface RunnerPage {
  readonly poolId?: string | undefined;
  readonly states?: readonly RunnerState[] | undefined;
}

export interface StateCount {
  readonly poolId: string;
  readonly state: RunnerState;
  readonly count: number;
}

export interface RunnerStore {
  find(id: string): Promise<Runner | undefined>;
  /** Those that there are, in any order. */
  findAll(ids: readonly string[]): Promise<Runner[]>;
  /** In the order in which they are locked. */
  ofPool(poolId: string): Promise<Runner[]>;
  page(filter: RunnerPage, limit: number, afterId: string | undefined): Promise<Runner[]>;
  count(filter: RunnerPage): Promise<number>;
  /** How many of each pool's are in each state, but for those that are deleted; in one read. */
  countStates(poolIds: readonly string[]): Promise<StateCount[]>;
  insert(runner: Runner): Promise<void>;
  /**
   * Saves what changed. A change of state goes into the change log and the timeline; every change is told to everybody.
   *
   * @throws IllegalTransition
   */
  change(runner: Runner, patch: RunnerPatch, entry?: TimelineEntry): Promise<Runner>;
  makeDue(id: string, at: Date): Promise<void>;
}

/** Where orders of one type and one location meet. */
export type Place = Pick<Machine, 'hetznerProjectId' | 'serverType' | 'location'>;

export interface MachineStore {
  find(id: string): Promise<Machine | undefined>;
  /** Those that there are, in any order. */
  findAll(ids: readonly string[]): Promise<Machine[]>;
  /** The one, which nobody else changes until the transaction ends. */
  lock(id: string): Promise<Machine | undefined>;
  insert(machine: Machine, ticketHash: Uint8Array): Promise<void>;
  /** Saves what changed; tells everybody unless the change is of no concern outside. */
  change(id: string, patch: MachinePatch): Promise<Machine>;
  page(runnerId: string, limit: number, afterId: string | undefined): Promise<Machine[]>;
  count(runnerId: string): Promise<number>;
  gitlabTokenOf(id: string): Promise<Uint8Array | undefined>;
  /**
   * Whether another machine's order of the same type and location was sent at or after an instant and is not answered yet.
   * Until the transaction ends nobody else gets to know it of that place.
   */
  isAnotherAsked(machine: Place & Pick<Machine, 'id'>, since: Date): Promise<boolean>;
  /** The runner whose order of this type and location has waited for the longest to be sent. */
  nextToOrder(place: Place): Promise<string | undefined>;
  /** Machines of a project that are not deleted, in the order in which they are locked. */
  livingIn(hetznerProjectId: string): Promise<Machine[]>;
}

/** What was seen of ours at a provider and is known to nobody here, until the next look at the same source. */
export interface SightingStore {
  of(sourceId: string): Promise<Set<number>>;
  /** Replaces those of the look before. @param braked whether they are so many that none is deleted, which somebody must see */
  remember(sourceId: string, ids: readonly number[], braked: boolean): Promise<void>;
}

/** Where a GitLab connection's runners are, and which are in use. */
export interface GitLabPlaces {
  readonly scopes: readonly GitLabScope[];
  /** GitLab's numbers of the runners of machines that live. */
  readonly inUse: ReadonlySet<number>;
}

export interface TimelineStore {
  add(runnerId: string, entry: TimelineEntry): Promise<void>;
  page(
    runnerId: string,
    limit: number,
    beforeId: string | undefined,
  ): Promise<(TimelineEntry & { id: string; at: Date })[]>;
}

export type WorkTable = 'pool' | 'runner' | 'observation';

/**
 * What a transaction of one organisation can reach.
 *
 * All of us lock in one order, or two transactions would wait for each other: a pool's turnstile; rows of connections and
 * budgets; the turn to order in a place; rows of machines; of runners; of pools; each kind by ascending ids. A pool's own row comes last because every move
 * of its runners ends with it, to have the pool decided anew: were it the turnstile, and so the first, the moves of a
 * pool would follow one another from beginning to end (measured with 500 runners: half as many a second).
 */
export interface ProvisioningTransaction {
  /** Tells the audit log, together with what the transaction changes. */
  audit(record: AuditRecord): Promise<void>;
  readonly pools: PoolStore;
  readonly runners: RunnerStore;
  readonly machines: MachineStore;
  readonly timeline: TimelineStore;
  readonly sightings: SightingStore;
  /** What the budgets that cover a pool say together. */
  budgetOver(poolId: string): Promise<BudgetHold>;
  /** Likewise, of each of several pools in one read. */
  budgetsOver(poolIds: readonly string[]): Promise<ReadonlyMap<string, BudgetHold>>;
  project(id: string): Promise<Project | undefined>;
  gitlab(id: string): Promise<{ id: string; usable: boolean; url: string } | undefined>;
  /** Credentials were refused: they are not used for two minutes, or until identity tells of new ones. */
  stopWriting(kind: 'hetzner' | 'gitlab', id: string): Promise<void>;
  /** They were accepted: what waits for them goes on. */
  writeAgain(kind: 'hetzner' | 'gitlab', id: string): Promise<void>;
  /** Makes sure that the lease still holds until the transaction ends; fails where it was lost. */
  hold(table: WorkTable, lease: WorkLease): Promise<void>;
  /** Gives the row back; fails where the lease was lost, and so undoes the whole transaction. */
  finish(table: WorkTable, lease: WorkLease, nextDueAt: Date | null): Promise<void>;
}

export interface Transactions {
  /** Runs `work` in one transaction that sees the organisation's rows only. */
  inOrganization<T>(organizationId: string, work: (tx: ProvisioningTransaction) => Promise<T>): Promise<T>;
  /** Which of these machines there are or were, whosesoever: what is unknown to one organisation may be another's. */
  machinesOfAnybody(ids: readonly string[]): Promise<ReadonlySet<string>>;
}

export type { Answer } from '@cleanroom/kernel';

/** What every action needs. */
export interface ProvisioningPorts {
  readonly transactions: Transactions;
  readonly providers: ProviderAccess;
  readonly installation: string;
  readonly now: () => Date;
  /** Seconds of the product's clock in a real one. */
  readonly clockFactor: number;
  /** From when on this process worked. */
  readonly workingSince: Date;
  /** From when on machines could reach us without a break; now, where they cannot. */
  readonly hearingSince: () => Date;
  readonly newId: (kind: 'pool' | 'runner' | 'machine') => string;
  /** The ticket of one order of one generation; the same for the same three, so that an order can be repeated. */
  readonly ticketOf: (machineId: string, generation: number, attempt: number) => string;
  readonly hashOf: (ticket: string) => Uint8Array;
  readonly renderUserData: (machine: { id: string; generation: number }, ticket: string) => string;
  readonly log: Log;
  /** Has all further lines of the same step name the runner's pool too. */
  readonly logPool: (poolId: string) => void;
}
