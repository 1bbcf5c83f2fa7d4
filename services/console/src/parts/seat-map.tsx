import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import { listenToTheme } from '../adapters/theme.js';
import { useNow } from '../adapters/use-now.js';
import type { Fleet, Seat } from '../domain/fleet.js';
import { RUNNER_STATES, wordsOf, type RunnerState } from '../domain/runner-states.js';
import { amountOf, duration, nextTry, sentence } from '../domain/say.js';
import { placeAt } from '../domain/seat-grid.js';
import { MARGIN, SeatCanvas } from './seat-canvas.js';
import { StateMark } from './state-mark.js';

interface SeatMapProps {
  readonly fleet: Fleet;
  /** Changes with the fleet. */
  readonly revision: number;
  readonly poolId: string;
  readonly name: string;
  readonly states: ReadonlySet<RunnerState>;
}

interface Pointed {
  readonly place: number;
  readonly x: number;
  readonly y: number;
}

/** Every runner of a pool at its fixed place. The same is in the list, for who cannot see or point with a mouse. */
export function SeatMap({ fleet, poolId, name, states }: SeatMapProps) {
  const element = useRef<HTMLCanvasElement>(null);
  const painted = useRef<SeatCanvas>(null);
  const [pointed, setPointed] = useState<Pointed>();
  useEffect(() => {
    if (!element.current) return;
    const canvas = new SeatCanvas(
      element.current,
      fleet,
      poolId,
      (state) => states.size === 0 || states.has(state),
    );
    painted.current = canvas;
    return keep(canvas, element.current);
  }, [fleet, poolId, states]);
  const point = ({ nativeEvent: { offsetX: x, offsetY: y } }: PointerEvent) => {
    const place = painted.current && placeAt(painted.current.grid, x - MARGIN, y - MARGIN);
    setPointed(typeof place === 'number' ? { place, x, y } : undefined);
  };
  const seat = pointed && fleet.seatsOf(poolId)[pointed.place];
  const choose = useChoice(seat);
  return (
    <div className={seat ? 'seat-map pointed' : 'seat-map'}>
      <div role="img" aria-label={labelOf(name, fleet.seatsOf(poolId))}>
        <canvas
          ref={element}
          onPointerMove={point}
          onPointerDown={point}
          onPointerUp={choose}
          onPointerLeave={() => setPointed(undefined)}
        />
      </div>
      {seat && <SeatTip seat={seat} x={pointed.x} y={pointed.y} />}
    </div>
  );
}

/** Leads to the runner that is pointed at. */
function useChoice(seat: Seat | undefined): (event: PointerEvent) => void {
  const navigate = useNavigate();
  return ({ pointerType }) => {
    // A finger that points is not yet one that chooses.
    if (!seat || pointerType !== 'mouse') return;
    void navigate({ to: '/runners/$runnerId', params: { runnerId: seat.id } });
  };
}

/** Keeps a canvas as wide as its room, and in the theme that is shown. */
function keep(canvas: SeatCanvas, element: HTMLCanvasElement): () => void {
  const room = new ResizeObserver(() => canvas.resize(element.clientWidth));
  room.observe(element);
  canvas.resize(element.clientWidth);
  const stops = [canvas.follow(), listenToTheme(() => canvas.repaint()), () => room.disconnect()];
  return () => stops.forEach((stop) => stop());
}

/** In one go over the seats: it is said anew four times a second, of every pool. */
function labelOf(name: string, seats: readonly Seat[]): string {
  const counts = new Map<RunnerState, number>();
  for (const { state } of seats) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = RUNNER_STATES.flatMap(({ state, word }) => {
    const count = counts.get(state);
    return count === undefined ? [] : [`${count} ${word.toLowerCase()}`];
  });
  return `${amountOf(seats.length, 'runner')} of ${name}: ${parts.join(', ')}`;
}

function SeatTip({ seat, x, y }: { readonly seat: Seat; readonly x: number; readonly y: number }) {
  const now = useNow();
  const { word } = wordsOf(seat.state);
  const place = useMemo(() => ({ left: x, top: y }), [x, y]);
  return (
    <div className="seat-tip" style={place} aria-hidden="true">
      <strong>{seat.name}</strong>
      <span className="state">
        <StateMark state={seat.state} /> {word} for {duration(now - seat.since)}
      </span>
      {seat.reason && <span className="muted">{sentence(seat.reason)}</span>}
      {seat.retryAt !== null && <span className="muted">{nextTry(seat.retryAt, now)}</span>}
    </div>
  );
}
