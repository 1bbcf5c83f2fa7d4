import type { Pool } from '../adapters/queries.js';
import type { FleetFilter } from '../domain/fleet-filter.js';
import { Icon } from './icon.js';

interface ListControlsProps {
  readonly pools: readonly Pool[];
  readonly filter: FleetFilter;
  readonly onPool: (poolId: string) => void;
  readonly onText: (text: string) => void;
}

/** Finds runners by name and pool. */
export function ListControls({ pools, filter, onPool, onText }: ListControlsProps) {
  return (
    <div className="list-controls" role="search">
      <label className="search">
        <span className="only-read">Find a runner by name</span>
        <Icon name="search" />
        <input
          type="search"
          value={filter.text}
          placeholder="Find a runner by name"
          onChange={({ target }) => onText(target.value)}
        />
      </label>
      <label>
        <span className="only-read">Pool</span>
        <select value={filter.poolId ?? ''} onChange={({ target }) => onPool(target.value)}>
          <option value="">All pools</option>
          {pools.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
