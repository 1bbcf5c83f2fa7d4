/** A source of numbers from 0 to below 1. */
export type Random = () => number;

/** A small generator with a seed (mulberry32): the same seed gives the same numbers on every machine. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The 95th percentile of the standard normal distribution. */
const Z95 = 1.645;

/** A log-normal number, given by its median and its 95th percentile. */
export function logNormal(random: Random, median: number, p95: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp((Math.log(p95 / median) / Z95) * normal);
}
