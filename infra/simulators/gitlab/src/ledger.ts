import { appendFileSync, existsSync } from 'node:fs';
import type { Clock } from '@cleanroom/kernel';
import { endLastLine, linesOf } from '@cleanroom/simulator-journal';
import type { LedgerEvent } from './ledger-event.js';
import { wholeSecond } from './whole-second.js';

/** An event and its place in the ledger. */
export type LedgerEntry = LedgerEvent & {
  /** Grows by one with each entry. */
  readonly seq: number;
  /** By the simulator's clock, as the API tells it. */
  readonly at: string;
  /** By the wall clock. */
  readonly realAt: string;
};

/** How many entries of the noisy kinds stay in memory; the file keeps them all. */
const NOISY_IN_MEMORY = 20_000;
/** The longest that an entry stays unwritten; real time. */
const WRITE_DELAY_MS = 200;
const noisy = (entry: LedgerEntry): boolean => entry.type === 'api-call';

/** What really happened, in order; nothing in it is ever changed. The judge of every test. */
export class Ledger {
  private kept: LedgerEntry[] = [];
  private noise = 0;
  private forgotten = { count: 0, lastSeq: 0 };
  private seq = 0;
  private unwritten: string[] = [];
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  /** How often each runner asked for a job in vain; too many to write each down. Since the start of the process. */
  private readonly emptyPolls = new Map<number, number>();

  /** @param file JSON lines; undefined keeps the ledger in memory only */
  constructor(
    private readonly clock: Clock,
    private readonly file?: string,
  ) {
    if (!file || !existsSync(file)) return;
    for (const line of linesOf(file)) this.restore(line);
    endLastLine(file);
  }

  append(event: LedgerEvent): void {
    const at = wholeSecond(this.clock.now());
    const entry = { seq: this.seq + 1, at, realAt: new Date().toISOString(), ...event };
    this.keep(entry);
    if (!this.file || this.closed) return;
    this.unwritten.push(JSON.stringify(entry));
    this.timer ??= setTimeout(() => this.flush(), WRITE_DELAY_MS);
  }

  polledInVain(runnerId: number): void {
    this.emptyPolls.set(runnerId, this.emptyPollsOf(runnerId) + 1);
  }

  emptyPollsOf(runnerId: number): number {
    return this.emptyPolls.get(runnerId) ?? 0;
  }

  entries(): readonly LedgerEntry[] {
    return this.kept;
  }

  /** How many calls after this number may be in the file only. */
  forgottenSince(seq: number): number {
    return seq >= this.forgotten.lastSeq ? 0 : this.forgotten.count;
  }

  /** Writes what is not yet in the file, and nothing ever after. */
  close(): void {
    this.flush();
    this.closed = true;
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.file || this.unwritten.length === 0) return;
    appendFileSync(this.file, `${this.unwritten.join('\n')}\n`, { mode: 0o600 });
    this.unwritten = [];
  }

  private restore(line: string): void {
    try {
      this.keep(JSON.parse(line));
    } catch {
      // The last line may have been cut off when the process was killed.
    }
  }

  private keep(entry: LedgerEntry): void {
    this.seq = entry.seq;
    this.kept.push(entry);
    if (noisy(entry)) this.noise += 1;
    if (this.noise <= 2 * NOISY_IN_MEMORY) return;
    const surplus = this.noise - NOISY_IN_MEMORY;
    const last = this.kept.filter(noisy)[surplus - 1]?.seq ?? 0;
    this.kept = this.kept.filter((one) => !noisy(one) || one.seq > last);
    this.forgotten = { count: this.forgotten.count + surplus, lastSeq: last };
    this.noise = NOISY_IN_MEMORY;
  }
}
