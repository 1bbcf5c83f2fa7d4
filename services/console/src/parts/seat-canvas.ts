import type { Fleet, Seat } from '../domain/fleet.js';
import type { RunnerState } from '../domain/runner-states.js';
import { seatGrid, type SeatGrid } from '../domain/seat-grid.js';
import { paintSeat, type SeatColors } from './seat-painter.js';

/** How long a seat that changed is told apart. */
const GLOW_MS = 700;
/** Room for the glow of the seats at the edge. */
export const MARGIN = 2;

/**
 * Keeps a canvas the same as a pool's seats: a change repaints one seat with the next frame, and all is painted anew only
 * where the room, the seats or what is looked at is another.
 */
export class SeatCanvas {
  readonly #changed = new Map<number, number>();
  readonly #context: CanvasRenderingContext2D | null;
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  #grid: SeatGrid = seatGrid(0, 0);
  #colors: SeatColors | undefined;
  #width = 0;
  #frame = 0;
  #isStale = true;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly fleet: Fleet,
    private readonly poolId: string,
    private readonly isLookedAt: (state: RunnerState) => boolean,
  ) {
    this.#context = canvas.getContext('2d');
  }

  get grid(): SeatGrid {
    return this.#grid;
  }

  /** Follows the pool until it is called back. */
  follow(): () => void {
    const stop = this.fleet.listen(this.poolId, {
      seatChanged: ({ place }) => {
        this.#changed.set(place, performance.now());
        this.#request();
      },
      seatsMoved: () => this.repaint(),
    });
    return () => {
      stop();
      cancelAnimationFrame(this.#frame);
    };
  }

  resize(width: number): void {
    if (width === this.#width) return;
    this.#width = width;
    this.repaint();
  }

  /** Paints all anew, with the next frame. */
  repaint(): void {
    this.#isStale = true;
    this.#request();
  }

  #request(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#paint(now));
  }

  #paint(now: number): void {
    this.#frame = 0;
    const seats = this.fleet.seatsOf(this.poolId);
    if (this.#isStale) {
      this.#layOut(seats.length);
      this.#colors = colorsOf(this.canvas);
      for (const seat of seats) this.#paintSeat(seat, 0);
    }
    this.#isStale = false;
    for (const [place, since] of this.#changed) {
      const age = (now - since) / GLOW_MS;
      const glow = this.#calm.matches ? 0 : Math.min(1, Math.max(0, 1 - age));
      const seat = seats[place];
      if (seat) this.#paintSeat(seat, glow);
      if (glow === 0) this.#changed.delete(place);
    }
    if (this.#changed.size > 0) this.#request();
  }

  #layOut(seats: number): void {
    this.#grid = seatGrid(seats, this.#width - 2 * MARGIN);
    const scale = devicePixelRatio;
    const height = this.#grid.height + 2 * MARGIN;
    this.canvas.width = Math.round(this.#width * scale);
    this.canvas.height = Math.round(height * scale);
    this.canvas.style.height = `${height}px`;
    this.#context?.setTransform(scale, 0, 0, scale, MARGIN * scale, MARGIN * scale);
  }

  #paintSeat(seat: Seat, glow: number): void {
    if (!this.#context || !this.#colors) return;
    const painting = { context: this.#context, grid: this.#grid, colors: this.#colors };
    paintSeat({ ...painting, isLookedAt: this.isLookedAt }, seat, glow);
  }
}

/** As the style sheet has them, so that a theme is said in one place. */
function colorsOf(element: Element): SeatColors {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: color('card'),
    busy: color('busy'),
    idle: color('idle'),
    coming: color('coming'),
    leaving: color('leaving'),
    failed: color('failed'),
    away: color('away'),
  };
}
