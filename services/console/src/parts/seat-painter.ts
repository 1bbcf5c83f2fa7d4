import type { Seat } from '../domain/fleet.js';
import { markOf, type Mark } from '../domain/marks.js';
import type { RunnerState } from '../domain/runner-states.js';
import { cornerOf, type SeatGrid } from '../domain/seat-grid.js';

/** Colours by tone, and of the ground beneath. */
export type SeatColors = Readonly<Record<Mark['tone'] | 'ground', string>>;

export interface Painting {
  readonly context: CanvasRenderingContext2D;
  readonly grid: SeatGrid;
  readonly colors: SeatColors;
  /** Which states are looked at; the others are faint. */
  readonly isLookedAt: (state: RunnerState) => boolean;
}

const FAINT = 0.16;
/** Around a seat that has just changed. */
const GLOW = 2;

/**
 * Paints one seat at its place, over what was there.
 *
 * @param glow from 1, just changed, to 0
 */
export function paintSeat({ context, grid, colors, isLookedAt }: Painting, seat: Seat, glow: number): void {
  const { x, y } = cornerOf(grid, seat.place);
  const mark = markOf(seat.state);
  const { size } = grid;
  context.fillStyle = colors.ground;
  context.fillRect(x - GLOW, y - GLOW, size + 2 * GLOW, size + 2 * GLOW);
  context.globalAlpha = isLookedAt(seat.state) ? 1 : FAINT;
  context.fillStyle = colors[mark.tone];
  context.strokeStyle = colors[mark.tone];
  if (glow > 0) paintGlow(context, { x, y, size, glow });
  paintMark(context, mark, { x, y, size });
  context.globalAlpha = 1;
}

interface Square {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

function paintGlow(context: CanvasRenderingContext2D, { x, y, size, glow }: Square & { glow: number }): void {
  const before = context.globalAlpha;
  context.globalAlpha = before * glow * 0.3;
  context.fillRect(x - GLOW, y - GLOW, size + 2 * GLOW, size + 2 * GLOW);
  context.globalAlpha = before;
}

function paintMark(context: CanvasRenderingContext2D, mark: Mark, { x, y, size }: Square): void {
  const line = size >= 16 ? 2 : 1.5;
  context.lineWidth = line;
  if (mark.frame !== 'none') {
    context.setLineDash(mark.frame === 'dashed' ? [2, 2] : []);
    if (mark.frame === 'faint') context.globalAlpha *= 0.65;
    context.strokeRect(x + line / 2, y + line / 2, size - line, size - line);
    context.setLineDash([]);
  }
  if (mark.fill.length > 0) {
    context.beginPath();
    for (const [right, down] of mark.fill) context.lineTo(x + right * size, y + down * size);
    context.fill();
  }
  if (mark.isCross) {
    context.lineWidth = line * 1.25;
    context.beginPath();
    context.moveTo(x + 1, y + 1);
    context.lineTo(x + size - 1, y + size - 1);
    context.moveTo(x + size - 1, y + 1);
    context.lineTo(x + 1, y + size - 1);
    context.stroke();
  }
}
