import { markOf, type Point } from '../domain/marks.js';
import type { RunnerState } from '../domain/runner-states.js';

const SIZE = 14;
const EDGE = 1.5;

const cornersOf = (points: readonly Point[]): string =>
  points.map(([x, y]) => `${EDGE + x * (SIZE - 2 * EDGE)},${EDGE + y * (SIZE - 2 * EDGE)}`).join(' ');

/** The shape of a state, beside its word. */
export function StateMark({ state }: { readonly state: RunnerState }) {
  const { tone, frame, fill, isCross } = markOf(state);
  const [near, far] = [EDGE + 0.75, SIZE - EDGE - 0.75];
  return (
    <svg className={`mark tone-${tone} frame-${frame}`} viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
      {frame !== 'none' && (
        <rect className="frame" x={near} y={near} width={far - near} height={far - near} rx="1" />
      )}
      {fill.length > 0 && <polygon points={cornersOf(fill)} />}
      {isCross && (
        <path className="cross" d={`M${near} ${near}L${far} ${far}M${far} ${near}L${near} ${far}`} />
      )}
    </svg>
  );
}
