import { silentLog, type Clock, type Log } from '@cleanroom/kernel';
import { Bell } from './bell.js';
import type { Database } from './database.js';
import { LeaseLost, wakeChannelOf, type Lease } from './lease.js';
import { nextDueAt, putOffLease, renewLease, takeLeases } from './lease-queries.js';

export interface LeasedWorkOptions {
  readonly db: Database;
  /** A table with {@link leaseColumns}. */
  readonly table: string;
  /** Who leases: unique per process and start. */
  readonly owner: string;
  /** How long a row stays ours without a word: after a crash, others wait so long. Renewed while a step runs. @default 30 */
  readonly leaseSeconds?: number;
  /** How many rows are worked on at once. @default 8 */
  readonly concurrency?: number;
  /** Decides what is due. */
  readonly clock: Clock;
  /** Real time between two looks when nothing wakes us. @default 500 */
  readonly pollMilliseconds?: number;
  /** Channel whose notifications wake us. @default the one that `makeDue` uses for the table */
  readonly wakeChannel?: string;
  /** Does one step and ends it with `finishLease` in the transaction that saves it. */
  readonly step: (lease: Lease) => Promise<void>;
  /** Runs all that is done and logged for one row: in a trace, with fields for its log lines. */
  readonly around?: (lease: Lease, work: () => Promise<void>) => Promise<void>;
  /** Whether a step may well throw that: its row is put off as any other, but that is a warning and no failure. @default none */
  readonly isExpected?: (error: unknown) => boolean;
  readonly log?: Log;
}

/** Told of each step that failed, and of each look for due rows that did; never of lost leases. */
export type OnFailure = (error: unknown) => void;

/** Real time after the first failure in a row; doubles with each further one. */
const FIRST_BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 60_000;
/** A step that takes longer than this many renewals, at a third of the lease each, is taken for lost. */
const MOST_RENEWALS = 60;

/**
 * Works off the due rows of a table, across all processes: each row is leased by one owner at a time (the database's
 * clock decides), taken over when its lease ran out, and stepped again when it is due again. A step that throws lets
 * its row go and is retried after 1 s, 2 s, 4 s … 60 s of real time.
 */
export class LeasedWork {
  readonly #running = new Set<Promise<void>>();
  readonly #options: Required<Omit<LeasedWorkOptions, 'around' | 'wakeChannel'>> & LeasedWorkOptions;
  #loop: Promise<void> | undefined;
  #stopListening: () => void = () => undefined;
  #stopping = false;
  #onFailure: OnFailure = () => undefined;
  readonly #bell = new Bell();

  constructor(options: LeasedWorkOptions) {
    const defaults = { leaseSeconds: 30, concurrency: 8, pollMilliseconds: 500, log: silentLog };
    this.#options = { ...defaults, isExpected: () => false, ...options };
  }

  get table(): string {
    return this.#options.table;
  }

  /** Begins to look for due rows; at once and then whenever woken or polled. Whoever starts it must hear what fails. */
  start(onFailure: OnFailure): void {
    if (this.#loop) return;
    this.#onFailure = onFailure;
    const { db, table, wakeChannel } = this.#options;
    this.#stopListening = db.listen(wakeChannel ?? wakeChannelOf(table), () => this.wake());
    this.#loop = this.#run();
  }

  /** Looks for due rows now. */
  wake(): void {
    this.#bell.ring();
  }

  /** Takes no further rows and waits for the steps that run. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#stopListening();
    this.wake();
    await this.#loop;
    await Promise.all(this.#running);
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        await this.#takeAll();
        await this.#bell.wait(await this.#millisecondsToNextDue());
      } catch (error) {
        this.#options.log.warn(
          { error, table: this.#options.table },
          'Cannot look for due rows; trying again',
        );
        this.#onFailure(error);
        await this.#bell.wait(this.#options.pollMilliseconds);
      }
    }
  }

  async #takeAll(): Promise<void> {
    const { db, table, owner, leaseSeconds, clock, concurrency } = this.#options;
    while (!this.#stopping) {
      const limit = concurrency - this.#running.size;
      if (limit <= 0) {
        await Promise.race(this.#running);
        continue;
      }
      const leases = await takeLeases(db, { table, owner, leaseSeconds, now: clock.now(), limit });
      for (const lease of leases) this.#begin(lease);
      if (leases.length < limit) return;
    }
  }

  #begin(lease: Lease): void {
    const running: Promise<void> = this.#step(lease).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  #step(lease: Lease): Promise<void> {
    const { around = (_, work) => work() } = this.#options;
    const stopRenewing = this.#keepRenewing(lease);
    return around(lease, () => this.#tryStep(lease)).finally(stopRenewing);
  }

  /** A step with many outside calls, such as a sweep, may outlast its lease: two of it must not run side by side. */
  #keepRenewing(lease: Lease): () => void {
    const { db, table, leaseSeconds, log } = this.#options;
    let renewals = 0;
    const timer = setInterval(
      () => {
        if (++renewals > MOST_RENEWALS) return clearInterval(timer);
        renewLease(db, { table, leaseSeconds }, lease).catch((error: unknown) =>
          log.warn({ error, table, id: lease.id }, 'Cannot renew a lease'),
        );
      },
      (leaseSeconds * 1_000) / 3,
    );
    timer.unref();
    return () => clearInterval(timer);
  }

  async #tryStep(lease: Lease): Promise<void> {
    const { step, log, table, isExpected } = this.#options;
    try {
      await step(lease);
      // The step may have made its own row due again without a word.
      this.wake();
    } catch (error) {
      if (error instanceof LeaseLost) return log.warn({ table, id: lease.id }, error.message);
      if (isExpected(error))
        log.warn({ error, table, id: lease.id }, 'A step could not be done; it is retried');
      else {
        log.error({ error, table, id: lease.id }, 'A step failed; it is retried');
        this.#onFailure(error);
      }
      await this.#putOff(lease);
    }
  }

  async #putOff(lease: Lease): Promise<void> {
    const { db, table, clock, log } = this.#options;
    const realMs = Math.min(FIRST_BACK_OFF_MS * 2 ** (lease.failures ?? 0), LONGEST_BACK_OFF_MS);
    const dueAt = new Date(clock.now().getTime() + realMs * clock.factor);
    await putOffLease(db, table, lease, dueAt).catch((error: unknown) =>
      log.warn({ error, table, id: lease.id }, 'Cannot release a lease; it runs out by itself'),
    );
  }

  async #millisecondsToNextDue(): Promise<number> {
    const { db, table, clock, pollMilliseconds } = this.#options;
    const next = await nextDueAt(db, table);
    if (!next) return pollMilliseconds;
    const realMs = (next.getTime() - clock.now().getTime()) / clock.factor;
    // A row may be due and still leased by another: no reason to look more often than every few milliseconds.
    return Math.min(Math.max(realMs, 20), pollMilliseconds);
  }
}
