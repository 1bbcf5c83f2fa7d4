import type { Job } from './job.js';
import type { Latency } from './latency.js';
import type { MachineLife, Outcome } from './outcome.js';

/** A machine is ordered for each job at its arrival and deleted at its end. */
export function runFresh(jobs: readonly Job[], latency: Latency): Outcome {
  const waits: number[] = [];
  const machines: MachineLife[] = [];
  for (const { arrival, duration } of jobs) {
    const from = arrival + latency.order();
    const start = from + latency.boot() + latency.call() + latency.call() + latency.pickUp();
    waits.push(start - arrival);
    machines.push({ from, to: start + duration + latency.call() + latency.remove() });
  }
  return { name: 'fresh VM per job', waits, machines };
}
