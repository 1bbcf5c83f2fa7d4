import { rests, type Pool } from './pool.js';
import { canPlace, type SoldOut } from './placement.js';
import { isSupply, type RunnerState } from './runner-state.js';
import { isPinned, type Runner } from './runner.js';

export type Seat = Pick<
  Runner,
  | 'id'
  | 'seat'
  | 'state'
  | 'retryAt'
  | 'pinnedUntil'
  | 'retiring'
  | 'draining'
  | 'location'
  | 'primaryIpId'
  | 'stateSince'
  | 'wanted'
>;

/** Who is to be awake: the pool's number, and everybody who was woken by hand. */
export interface Selection {
  readonly wanted: ReadonlySet<string>;
  /** How many are missing because no sleeping runner can be woken now. */
  readonly missing: number;
}

/** Whom to keep first: work in hand, then what is nearest to it, then the longest in its state. */
const keepOrder: Partial<Record<RunnerState, number>> = {
  BUSY: 0,
  IDLE: 1,
  CLEANING: 2,
  ENROLLING: 3,
  STARTING: 4,
};

/**
 * Chooses the runners that a pool keeps awake. Those that were woken by hand count towards the number; sleeping ones
 * are woken only where something can be had in their location, so a sold-out place makes room for another.
 */
export function selectAwake(
  pool: Pick<Pool, 'paused' | 'deleting' | 'wanted' | 'serverTypes'>,
  seats: readonly Seat[],
  soldOut: readonly SoldOut[],
  now: Date,
): Selection {
  if (rests(pool)) return { wanted: new Set(), missing: 0 };
  const staying = seats.filter((seat) => !seat.retiring);
  const pinned = staying.filter((seat) => isPinned(seat, now));
  // One that cannot be awake, for want of capacity or of an address, leaves its place in the number to another.
  const serving = pinned.filter(
    (seat) => (isSupply(seat.state) && !seat.draining) || canBeWoken(seat, pool.serverTypes, soldOut, now),
  );
  const kept = staying
    .filter((seat) => isSupply(seat.state) && !seat.draining && !isPinned(seat, now))
    .sort(byWorthOfKeeping)
    .slice(0, Math.max(pool.wanted - serving.length, 0));
  const lacking = Math.max(pool.wanted - serving.length - kept.length, 0);
  const woken = staying
    .filter((seat) => !isPinned(seat, now) && canBeWoken(seat, pool.serverTypes, soldOut, now))
    .sort(byChosenBefore)
    .slice(0, lacking);
  return {
    wanted: new Set([...pinned, ...kept, ...woken].map(({ id }) => id)),
    missing: lacking - woken.length,
  };
}

const canBeWoken = (
  seat: Seat,
  serverTypes: readonly string[],
  soldOut: readonly SoldOut[],
  now: Date,
): boolean =>
  seat.state === 'ASLEEP' &&
  // One whose address was lost keeps its location, and gets another address there.
  seat.primaryIpId > 0 &&
  seat.location !== null &&
  (seat.retryAt === null || seat.retryAt <= now) &&
  canPlace(serverTypes, seat.location, soldOut, now);

/**
 * Who was chosen a moment ago and has not begun yet stays chosen: a lower seat that became free meanwhile would else be woken
 * in its stead, while its own order is on the way.
 */
const byChosenBefore = (a: Seat, b: Seat): number => Number(b.wanted) - Number(a.wanted) || a.seat - b.seat;

const byWorthOfKeeping = (a: Seat, b: Seat): number =>
  (keepOrder[a.state] ?? 9) - (keepOrder[b.state] ?? 9) ||
  a.stateSince.getTime() - b.stateSince.getTime() ||
  a.seat - b.seat;
