import { backoffMs } from './backoff.js';

it.each([
  [1, 0, 250],
  [1, 1, 500],
  [3, 1, 2_000],
  [50, 1, 20_000],
  [50, 0, 10_000],
])('after %i failures, by chance %d, it waits %i ms', (failures, chance, ms) => {
  expect(backoffMs(failures, chance)).toBe(ms);
});
