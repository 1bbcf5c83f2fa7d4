import { exactOptimum } from './exact-optimum.js';
import type { Job } from './job.js';
import { lowerBound } from './lower-bound.js';

/** What the started hours of every strategy are compared with. */
export interface LeastHours {
  readonly name: 'optimum' | 'lower bound';
  readonly hours: number;
}

/** With more jobs the search for the optimum itself would take minutes. */
const EXACT_UP_TO = 12;

/** The fewest started hours in which no job waits: exactly for a small trace, else a bound that is proven from below. */
export const leastHours = (jobs: readonly Job[]): LeastHours =>
  jobs.length <= EXACT_UP_TO
    ? { name: 'optimum', hours: exactOptimum(jobs) }
    : { name: 'lower bound', hours: lowerBound(jobs) };
