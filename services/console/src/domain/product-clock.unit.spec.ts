import { productClock } from './product-clock.js';

it('is real time where nothing else is said', () => {
  expect(productClock({ now: 5_000 }, 5_000)(7_000)).toBe(7_000);
});

it('runs as fast as the demo', () => {
  expect(productClock({ clock: '1000:50000:10', now: 2_000 }, 2_000)(3_000)).toBe(70_000);
});

it('goes right where the browser’s own is wrong', () => {
  expect(productClock({ now: 10_000 }, 4_000)(5_000)).toBe(11_000);
});
