import type { Job } from './job.js';
import type { Latency } from './latency.js';
import type { Outcome } from './outcome.js';

/** How many jobs run at once at most, if each starts at its arrival. */
export function peakOf(jobs: readonly Job[]): number {
  const edges = jobs
    .flatMap(({ arrival, duration }) => [[arrival, 1] as const, [arrival + duration, -1] as const])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let [now, peak] = [0, 0];
  for (const [, change] of edges) peak = Math.max(peak, (now += change));
  return peak;
}

/** As many machines as jobs ever run at once, kept from the beginning to `horizon`; they are reused as they are. */
export function runAlwaysOn(jobs: readonly Job[], latency: Latency, horizon: number): Outcome {
  const size = peakOf(jobs);
  const free = Array.from({ length: size }, () => 0);
  const waits = jobs.map(({ arrival, duration }) => {
    const seat = free.indexOf(Math.min(...free));
    const start = Math.max(arrival, free[seat] ?? 0) + latency.pickUp();
    free[seat] = start + duration;
    return start - arrival;
  });
  const to = Math.max(horizon, ...free);
  return {
    name: 'always on at peak size',
    waits,
    machines: free.map(() => ({ from: 0, to })),
    keptAddresses: size,
  };
}
