import { toggled } from '../domain/fleet-filter.js';
import { RUNNER_STATES, type RunnerState } from '../domain/runner-states.js';
import { number } from '../domain/say.js';
import { StateMark } from './state-mark.js';

interface StateChipsProps {
  /** `undefined` while nothing is known. */
  readonly countOf: ((state: RunnerState) => number) | undefined;
  readonly chosen: ReadonlySet<RunnerState>;
  readonly onChoose: (states: ReadonlySet<RunnerState>) => void;
}

/** How many runners are in each state, and a filter by it: the legend of the map at once. */
export function StateChips({ countOf, chosen, onChoose }: StateChipsProps) {
  const shown = RUNNER_STATES.filter(({ state }) => state !== 'DELETED' || (countOf?.(state) ?? 0) > 0);
  return (
    <div className="chips" role="group" aria-label="Filter by state">
      {shown.map(({ state, word, meaning }) => (
        <button
          key={state}
          type="button"
          className="chip"
          title={meaning}
          aria-pressed={chosen.has(state)}
          onClick={() => onChoose(toggled(chosen, state))}
        >
          <StateMark state={state} />
          {word}
          <span className="chip-count">{countOf ? number(countOf(state)) : '–'}</span>
        </button>
      ))}
      {chosen.size > 0 && (
        <button type="button" className="link-button" onClick={() => onChoose(new Set())}>
          Show all
        </button>
      )}
    </div>
  );
}
