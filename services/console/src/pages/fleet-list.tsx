import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { Link } from '@tanstack/react-router';
import { useLayoutEffect, useRef, useState } from 'react';
import { useLive } from '../adapters/live-context.js';
import type { Pool } from '../adapters/queries.js';
import { useNow } from '../adapters/use-now.js';
import { isTriedAgain } from '../domain/failed-seats.js';
import type { Fleet, Seat } from '../domain/fleet.js';
import { isLookedAt, type FleetFilter } from '../domain/fleet-filter.js';
import { wordsOf } from '../domain/runner-states.js';
import { duration, sentence } from '../domain/say.js';
import { ListControls } from '../parts/list-controls.js';
import { StateMark } from '../parts/state-mark.js';
import { useFleetFilter } from './use-fleet-filter.js';

const ROW_HEIGHT = 44;

/** All runners as rows, in the order of their seats: rows never jump. */
export function FleetList({ pools }: { readonly pools: readonly Pool[] }) {
  const { fleet } = useLive();
  const { filter, choosePool, find } = useFleetFilter();
  const seats = seatsIn(fleet, pools, filter);
  const nameOf = new Map(pools.map(({ id, name }) => [id, name]));
  return (
    <section className="card list" aria-label="Runners">
      <ListControls pools={pools} filter={filter} onPool={choosePool} onText={find} />
      <Rows seats={seats} nameOf={nameOf} />
      {seats.length === 0 && (
        <p className="muted none">{fleet.isComplete ? 'No runner is like that.' : 'Loading …'}</p>
      )}
    </section>
  );
}

const seatsIn = (fleet: Fleet, pools: readonly Pool[], filter: FleetFilter): Seat[] =>
  pools.flatMap(({ id }) => fleet.seatsOf(id).filter((seat) => isLookedAt(filter, seat)));

interface RowsProps {
  readonly seats: readonly Seat[];
  readonly nameOf: ReadonlyMap<string, string>;
}

/** A page has as many rows as can be seen; the table says how many there are. */
function Rows({ seats, nameOf }: RowsProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  const now = useNow();
  useLayoutEffect(() => {
    if (body.current) setTop(body.current.getBoundingClientRect().top + scrollY);
  }, []);
  const virtual = useWindowVirtualizer({
    count: seats.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollMargin: top,
  });
  const items = virtual.getVirtualItems();
  const before = (items[0]?.start ?? top) - top;
  const after = virtual.getTotalSize() + top - (items.at(-1)?.end ?? top);
  return (
    <table aria-rowcount={seats.length + 1}>
      <Head />
      <tbody ref={body}>
        {before > 0 && <Gap height={before} />}
        {items.map(({ index }) => {
          const seat = seats[index];
          return (
            seat && <Row key={seat.id} index={index} seat={seat} pool={nameOf.get(seat.poolId)} now={now} />
          );
        })}
        {after > 0 && <Gap height={after} />}
      </tbody>
    </table>
  );
}

const Head = () => (
  <thead>
    <tr aria-rowindex={1}>
      <th scope="col">Runner</th>
      <th scope="col">State</th>
      <th scope="col">Since</th>
      <th scope="col" className="wide">
        Pool
      </th>
    </tr>
  </thead>
);

interface RowProps {
  readonly index: number;
  readonly seat: Seat;
  readonly pool: string | undefined;
  readonly now: number;
}

function Row({ index, seat, pool, now }: RowProps) {
  const { id, name, state, since, reason } = seat;
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row">
        <Link className="clamped" to="/runners/$runnerId" params={{ runnerId: id }}>
          {name}
        </Link>
      </th>
      <td title={reason ? sentence(reason) : undefined}>
        <span className="state">
          <StateMark state={state} /> {wordsOf(state).word}
          {isTriedAgain(seat, now) && <span className="warn wide">in trouble</span>}
        </span>
      </td>
      <td className="muted">{duration(now - since)}</td>
      <td className="muted wide">
        <span className="clamped">{pool}</span>
      </td>
    </tr>
  );
}

const Gap = ({ height }: { readonly height: number }) => (
  <tr aria-hidden="true" style={{ height }}>
    <td colSpan={4} />
  </tr>
);
