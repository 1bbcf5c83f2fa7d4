import type { CostOfPool } from '../adapters/cost-queries.js';
import { PERIODS, type Period } from '../domain/period.js';

interface CostControlsProps {
  readonly period: Period;
  readonly poolId: string | undefined;
  readonly pools: readonly CostOfPool[];
  readonly onPeriod: (period: Period) => void;
  readonly onPool: (poolId: string) => void;
}

/** Which time, and which pool. */
export function CostControls({ period, poolId, pools, onPeriod, onPool }: CostControlsProps) {
  return (
    <>
      <label>
        <span className="only-read">Time</span>
        <select className="button" value={period} onChange={({ target }) => onPeriod(target.value as Period)}>
          {PERIODS.map(({ period: value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="only-read">Pool</span>
        <select className="button" value={poolId ?? ''} onChange={({ target }) => onPool(target.value)}>
          <option value="">All pools</option>
          {pools.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
