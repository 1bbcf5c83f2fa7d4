/** From the provider's creation of a machine to its end, in milliseconds. */
export interface MachineLife {
  readonly from: number;
  readonly to: number;
}

/** What a strategy made of a trace. */
export interface Outcome {
  readonly name: string;
  /** From each job's arrival to its start. */
  readonly waits: readonly number[];
  readonly machines: readonly MachineLife[];
  /** Addresses that are kept whether or not a machine runs; undefined: one for each machine's life. */
  readonly keptAddresses?: number;
}

export const HOUR = 3_600_000;

/** Started hours of all machines. */
export const paidHours = (machines: readonly MachineLife[]): number =>
  machines.reduce((sum, { from, to }) => sum + Math.max(1, Math.ceil((to - from) / HOUR)), 0);
