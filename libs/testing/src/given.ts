/** Given a state, when something is decided about it, then so. */
export interface Given<State> {
  /** Names what is decided about the state; further arguments are the decider's, such as the time. */
  when<Arguments extends unknown[], Decision>(
    decide: (state: State, ...more: Arguments) => Decision,
    ...more: Arguments
  ): When<Decision>;
}

/** A decision to be looked at. */
export interface When<Decision> {
  /** Expects exactly this decision, or lets a function look at it. Returns the decision. */
  then(expected: Decision | ((decision: Decision) => void)): Decision;
  /** Expects the decider to throw. */
  thenThrows(expected: string | RegExp | (new (...parameters: never[]) => Error)): void;
}

/**
 * Begins a specification of a pure decider: `given(runner).when(nextStep, observed, now).then({ kind: 'wait' })`.
 * The state is frozen in depth first: a decider that changes its argument fails the test.
 */
export const given = <State>(state: State): Given<State> => ({
  when: (decide, ...more) => {
    const run = () => decide(frozen(state), ...more);
    return {
      then: (expected) => {
        const decision = run();
        if (typeof expected === 'function') (expected as (decision: unknown) => void)(decision);
        else expect(decision).toEqual(expected);
        return decision;
      },
      thenThrows: (expected) => expect(run).toThrow(expected as string),
    };
  },
});

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value))
    return value;
  Object.freeze(value);
  for (const part of Object.values(value)) frozen(part);
  return value;
}
