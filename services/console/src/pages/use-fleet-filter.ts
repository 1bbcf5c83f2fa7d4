import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { statesIn, statesText, type FleetFilter } from '../domain/fleet-filter.js';
import type { RunnerState } from '../domain/runner-states.js';

export interface FilterControl {
  readonly filter: FleetFilter;
  readonly chooseStates: (states: ReadonlySet<RunnerState>) => void;
  readonly choosePool: (poolId: string) => void;
  readonly find: (text: string) => void;
}

/** The filter of the fleet, which lives in the address. */
export function useFleetFilter(): FilterControl {
  const { state, pool, q } = useSearch({ from: '/shell/' });
  const navigate = useNavigate({ from: '/' });
  const filter = useMemo(
    () => ({ states: statesIn(state), poolId: pool || undefined, text: q ?? '' }),
    [state, pool, q],
  );
  const change = useCallback(
    (part: { state?: string | undefined; pool?: string | undefined; q?: string | undefined }) =>
      void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  return {
    filter,
    chooseStates: (states) => change({ state: statesText(states) }),
    choosePool: (poolId) => change({ pool: poolId || undefined }),
    find: (text) => change({ q: text || undefined }),
  };
}
