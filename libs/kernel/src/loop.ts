import type { WorkLease } from './work-lease.js';

/** Work that turns by itself: one step for each row of a table that is due, by one process at a time. */
export interface Loop<Ports> {
  /** The table of work. */
  readonly table: string;
  /** Does one step, and gives the row back in the transaction that saves it. */
  readonly step: (ports: Ports, lease: WorkLease) => Promise<void>;
  /** How long a row stays with a process that says nothing, in real seconds. @default the service's */
  readonly leaseSeconds?: number;
  /** Under which name log lines bear the row's id. @default none */
  readonly logAs?: string;
  /** Whether it comes round by itself, so that each step is a trace of its own and no part of what made the row due. */
  readonly comesRound?: boolean;
  /** Whether a step may well throw that: its row is put off as any other, but that is no failure of ours. @default none */
  readonly isExpected?: (error: unknown) => boolean;
}
