export interface Flags {
  /** How many seconds of the virtual clock pass in one real second; 1 to 600. */
  readonly speed: number;
  /** Whether jobs are played. */
  readonly jobs: boolean;
  /** Whether to forget all state first. */
  readonly reset: boolean;
  /** What carries the events. */
  readonly bus: 'embedded' | 'kafka';
}

/** Reads the command line. Ends the process where help is asked for, or where it does not understand something. */
export function readFlags(args: string[]): Flags;
