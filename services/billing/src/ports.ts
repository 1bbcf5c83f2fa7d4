import type { AuditRecord, Log, WorkLease } from '@cleanroom/kernel';
import type { BillingMonth } from './domain/billing-month.js';
import type { Budget } from './domain/budget.js';
import type { Grant } from './domain/judge-claim.js';
import type { MachineSpend } from './domain/machine-spend.js';
import type { Meter } from './domain/meter.js';
import type { Price, PriceBook } from './domain/price.js';
import type { StaticIpSpend } from './domain/static-ip-spend.js';
import type { Stated, StatementLine } from './domain/statement.js';
import type { Window } from './domain/window.js';

/** A price of one type at one location, as the provider quotes it now. */
export interface QuotedPrice extends Omit<Price, 'validFrom'> {
  readonly kind: Meter['kind'];
  readonly type: string;
  readonly location: string;
}

/** Reads the provider's prices; `undefined` while the project has no usable credentials. Throws where it cannot be asked. */
export interface PriceQuotes {
  quotesOf(organizationId: string, hetznerProjectId: string): Promise<QuotedPrice[] | undefined>;
}

/** What billing needs to know of a pool. */
export interface KnownPool {
  readonly id: string;
  readonly name: string;
  /** Those that it lists, in the customer's order. */
  readonly serverTypes: readonly string[];
  readonly deleted: boolean;
}

/** A month that is over, closed for good. */
export interface Statement {
  readonly month: BillingMonth;
  readonly closedAt: Date;
  readonly currency: string;
  readonly lines: readonly StatementLine[];
}

/** What was metered and quoted. */
export interface Books {
  metersOf(runnerIds: readonly string[]): Promise<Meter[]>;
  /** What existed at any time within a window; of one pool, or of the whole organisation. */
  metersWithin(window: Window, poolId?: string): Promise<Meter[]>;
  meter(id: string): Promise<Meter | undefined>;
  /** When the first of all meters began; `undefined` before there is one. */
  firstMeterBegan(): Promise<Date | undefined>;
  prices(): Promise<PriceBook>;
  /** ISO 4217; that of the prices, or EUR before there are any. */
  currency(): Promise<string>;
  /** IANA name. */
  timeZone(): Promise<string>;
  pools(): Promise<KnownPool[]>;
}

export interface BudgetStore {
  find(scopeId: string): Promise<Budget | undefined>;
  /** Those that cover a pool, locked to the end of the transaction. */
  lock(poolId: string): Promise<Budget[]>;
  /** Sets or replaces, and tells of it. */
  save(budget: Omit<Budget, 'version'>): Promise<Budget>;
  /** Removes, and tells of it; `undefined` where there is none. */
  remove(scopeId: string): Promise<Budget | undefined>;
  /** Somebody waits for room under it. */
  markRefused(scopeId: string): Promise<void>;
  /** Something of the pool that was promised will not be spent: those that were refused are told to ask again. */
  tellRoom(poolId: string): Promise<void>;
}

/** What an event of a machine changed. */
export interface SpendNews {
  readonly spend: MachineSpend;
  /** It asks for hours that were not decided on. */
  readonly isAsking: boolean;
  /** It had not ended before. */
  readonly hasJustEnded: boolean;
}

export interface SpendStore {
  /** Keeps what a machine asks for, also where that is nothing; `undefined` where that is no news. */
  keep(spend: Omit<MachineSpend, 'hoursGranted'>, sourceVersion: bigint): Promise<SpendNews | undefined>;
  find(machineId: string): Promise<MachineSpend | undefined>;
  /** Everything that is promised, or never asked, and not over yet; of one pool, or of the whole organisation. */
  underWay(poolId?: string): Promise<MachineSpend[]>;
  /** Writes a decision down, and tells of it. */
  decide(spend: MachineSpend, grant: Grant): Promise<void>;
}

/** What an event says of a static IP that is not there yet, or is there now. */
export interface StaticIpTold extends Omit<StaticIpSpend, 'questionGranted' | 'since'> {
  readonly sourceVersion: bigint;
}

/** What such an event changed. */
export interface StaticIpNews {
  readonly spend: StaticIpSpend;
  /** As it was known until now; `undefined` for one that was not. */
  readonly before: StaticIpSpend | undefined;
  /** It asks what was not decided on. */
  readonly isAsking: boolean;
}

export interface StaticIpSpendStore {
  /** Keeps what is told, also of one that asks nothing; `undefined` where that is no news. */
  keep(told: StaticIpTold, now: Date): Promise<StaticIpNews | undefined>;
  /** Those that are not there yet and may come to cost money; of one pool, or of the whole organisation. */
  awaited(poolId?: string): Promise<StaticIpSpend[]>;
  /** Writes a decision down, and tells of it. */
  decide(spend: StaticIpSpend, grant: Grant, now: Date): Promise<void>;
}

export interface StatementStore {
  /** The months that are closed, oldest first. */
  closedMonths(): Promise<BillingMonth[]>;
  /**
   * Meters that statements name for those months although nothing of them lies within the window any more: what was
   * found out since had them end before.
   */
  metersOutside(window: Window, months: readonly BillingMonth[]): Promise<Meter[]>;
  /**
   * The oldest closed month that bills something beyond an end which no statement tells yet; `undefined`: none. Where
   * nobody could look for months, such as without credentials, that is long ago.
   */
  oldestOutlived(): Promise<BillingMonth | undefined>;
  /** What statements have said of those months so far. */
  stated(months: readonly BillingMonth[]): Promise<Stated>;
  /** Closes a month; a second try changes nothing. */
  close(statement: Statement): Promise<void>;
  find(month: BillingMonth): Promise<Statement | undefined>;
}

/** What a transaction of one organisation can reach. */
export interface BillingTransaction {
  /** Tells the audit log, together with what the transaction changes. */
  audit(record: AuditRecord): Promise<void>;
  readonly books: Books;
  readonly budgets: BudgetStore;
  readonly spends: SpendStore;
  readonly staticIpSpends: StaticIpSpendStore;
  readonly statements: StatementStore;
  /** Stores what was read by `now`: those that differ from the newest known ones are valid from just after the reading before. */
  storePrices(hetznerProjectId: string, quotes: readonly QuotedPrice[], now: Date): Promise<void>;
  /** When a project's prices were last read; `undefined` before the first time. */
  pricesReadAt(hetznerProjectId: string): Promise<Date | undefined>;
  /** Has them read at `at`, or before. */
  makePricesDue(hetznerProjectId: string, at: Date): Promise<void>;
  /** Gives the row back; fails where the lease was lost, and so undoes the whole transaction. */
  finish(
    table: 'price_reading' | 'statement_closing',
    lease: WorkLease,
    nextDueAt: Date | null,
  ): Promise<void>;
}

export interface Transactions {
  /** Runs `work` in one transaction that sees the organisation's rows only. */
  inOrganization<T>(organizationId: string, work: (tx: BillingTransaction) => Promise<T>): Promise<T>;
}

/** What every action needs. */
export interface BillingPorts {
  readonly transactions: Transactions;
  readonly quotes: PriceQuotes;
  readonly now: () => Date;
  readonly log: Log;
}
