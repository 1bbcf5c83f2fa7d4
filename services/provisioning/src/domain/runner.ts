import type { RunnerState } from './runner-state.js';

/**
 * What keeps a runner from being woken, where that has a name. `ADDRESS_BUDGET`: the budget has no room for its static IP,
 * which is dearer than the hour of a runner that has one.
 */
export type RunnerTrouble = 'ADDRESS_BUDGET' | 'BUDGET' | 'CREDENTIALS' | 'LIMIT' | 'SOLD_OUT' | 'UNPREPARED';

/** A permanent seat in a pool. */
export interface Runner {
  readonly id: string;
  readonly organizationId: string;
  readonly poolId: string;
  readonly hetznerProjectId: string;
  readonly version: number;
  readonly name: string;
  /** From 0; picks the location. */
  readonly seat: number;
  readonly state: RunnerState;
  readonly stateSince: Date;
  readonly stateReason: string | null;
  readonly trouble: RunnerTrouble | null;
  /** Counts its orders. */
  readonly attempt: number;
  /** How often in a row it did not become ready. */
  readonly failures: number;
  readonly machineId: string | null;
  /** 0 while no IP is leased. */
  readonly primaryIpId: number;
  readonly address: string | null;
  readonly location: string | null;
  /** What the pool's decision says of it, and in which words. */
  readonly wanted: boolean;
  readonly wantedBecause: string | null;
  readonly wantedBy: string;
  /** Not woken before. */
  readonly retryAt: Date | null;
  readonly pinnedUntil: Date | null;
  /** Its machine is to be replaced, or its pool rests: no further job. */
  readonly draining: boolean;
  /** On its way to DELETED. */
  readonly retiring: boolean;
  readonly ipReleased: boolean;
  /** Asleep because a budget has refused its last order, or that of another runner before it asked. */
  readonly heldByBudget: boolean;
}

/** Whether somebody woke it by hand and that still holds. */
export const isPinned = ({ pinnedUntil }: Pick<Runner, 'pinnedUntil'>, now: Date): boolean =>
  pinnedUntil !== null && pinnedUntil > now;
