/** How a pool's seats are laid out, in CSS pixels. */
export interface SeatGrid {
  readonly size: number;
  readonly gap: number;
  readonly columns: number;
  readonly height: number;
}

/** Few seats are large, so that a small pool is no speck; very many are small, so that a large one is seen at once. */
const sizeFor = (seats: number): number => (seats <= 24 ? 22 : seats <= 160 ? 16 : 11);

/** Seats in rows from left to right, as many as fit. */
export function seatGrid(seats: number, width: number): SeatGrid {
  const size = sizeFor(seats);
  const gap = Math.round(size / 4);
  const columns = Math.max(1, Math.floor((width + gap) / (size + gap)));
  const rows = Math.ceil(seats / columns);
  return { size, gap, columns, height: Math.max(0, rows * (size + gap) - gap) };
}

/** The upper left corner of a place. */
export function cornerOf({ size, gap, columns }: SeatGrid, place: number): { x: number; y: number } {
  const step = size + gap;
  return { x: (place % columns) * step, y: Math.floor(place / columns) * step };
}

/** The place at a point; `undefined` between seats and beside them. */
export function placeAt({ size, gap, columns }: SeatGrid, x: number, y: number): number | undefined {
  const step = size + gap;
  const [column, row] = [Math.floor(x / step), Math.floor(y / step)];
  if (column < 0 || row < 0 || column >= columns) return undefined;
  return x - column * step > size || y - row * step > size ? undefined : row * columns + column;
}
