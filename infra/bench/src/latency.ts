import { logNormal, seeded } from './random.js';

/** How long things take outside of the planner, in milliseconds; each call is one sample. */
export interface Latency {
  /** From the decision to the answer of the order, from which the server's hours count. */
  readonly order: () => number;
  /** From that answer until the machine is enrolled. */
  readonly boot: () => number;
  /** From the rebuild's request until the machine is enrolled again. */
  readonly rebuild: () => number;
  /** One call of GitLab, or the agent's start of its runner. */
  readonly call: () => number;
  /** From the deletion's request until the server is gone. */
  readonly remove: () => number;
  /** Until a runner that is ready has fetched a job that waits. */
  readonly pickUp: () => number;
}

/** Published measurements of Hetzner Cloud with a stock image; the rebuild is an estimate, for none is published. */
export function measuredLatency(seed: number): Latency {
  const random = seeded(seed);
  const sample = (median: number, p95: number) => logNormal(random, median * 1000, p95 * 1000);
  return {
    order: () => 500 + sample(0.35, 0.6),
    boot: () => sample(5, 15) + sample(30, 60),
    rebuild: () => sample(10, 20) + sample(30, 60),
    call: () => sample(0.3, 0.8),
    remove: () => sample(3, 6),
    pickUp: () => random() * 3000,
  };
}
