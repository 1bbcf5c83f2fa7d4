import fc from 'fast-check';
import { cornerOf, placeAt, seatGrid } from './seat-grid.js';

it('shows few seats large and many small', () => {
  expect([4, 100, 2_000].map((seats) => seatGrid(seats, 800).size)).toEqual([22, 16, 11]);
});

it('finds each seat where it was put, within its bounds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 30, max: 2_500 }), (seats, width) => {
      const grid = seatGrid(seats, width);
      const { x, y } = cornerOf(grid, seats - 1);
      expect(placeAt(grid, x + grid.size / 2, y + grid.size / 2)).toBe(seats - 1);
      expect(x + grid.size).toBeLessThanOrEqual(width);
      expect(y + grid.size).toBe(grid.height);
    }),
  );
});

it('is nobody between two seats, nor beside them', () => {
  const grid = seatGrid(4, 200);
  expect(placeAt(grid, grid.size + 2, 5)).toBeUndefined();
  expect(placeAt(grid, -1, 5)).toBeUndefined();
  expect(placeAt(grid, 10_000, 5)).toBeUndefined();
});
