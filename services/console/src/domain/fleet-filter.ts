import type { Seat } from './fleet.js';
import { isRunnerState, type RunnerState } from './runner-states.js';

/** Which runners are looked at; it lives in the address, so that it can be sent to somebody. */
export interface FleetFilter {
  /** None means all. */
  readonly states: ReadonlySet<RunnerState>;
  readonly poolId: string | undefined;
  /** Part of a name. */
  readonly text: string;
}

/** The states that an address names: `busy.idle`. What is no state is passed over. */
export const statesIn = (text: string | undefined): ReadonlySet<RunnerState> =>
  new Set((text ?? '').toUpperCase().split('.').filter(isRunnerState));

/** How an address names states; `undefined` for none. */
export const statesText = (states: ReadonlySet<RunnerState>): string | undefined =>
  states.size === 0 ? undefined : [...states].join('.').toLowerCase();

/** The same with one state put in, or taken out. */
export function toggled(states: ReadonlySet<RunnerState>, state: RunnerState): ReadonlySet<RunnerState> {
  const others = new Set(states);
  if (!others.delete(state)) others.add(state);
  return others;
}

export const isLookedAt = ({ states, poolId, text }: FleetFilter, seat: Seat): boolean =>
  (states.size === 0 || states.has(seat.state)) &&
  (poolId === undefined || seat.poolId === poolId) &&
  (text === '' || seat.name.toLowerCase().includes(text.toLowerCase()));
