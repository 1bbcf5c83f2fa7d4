import type { Job } from './job.js';
import { HOUR } from './outcome.js';

interface Open {
  readonly from: number;
  readonly until: number;
}

const hours = ({ from, until }: Open): number => Math.ceil((until - from) / HOUR);

/**
 * The fewest started hours that serve every job at its arrival, each on one machine: branch and bound over which
 * machine takes the next job. For small traces: the work grows exponentially with the number of jobs.
 *
 * A machine is never created before its first job, nor deleted before its last one ends; deleting and ordering anew is
 * among the branches, as a machine that takes no further job and a new one.
 */
export function exactOptimum(jobs: readonly Job[]): number {
  const sorted = [...jobs].sort((a, b) => a.arrival - b.arrival);
  let best = Infinity;
  const branch = (index: number, machines: readonly Open[], paid: number): void => {
    if (paid >= best) return;
    const job = sorted[index];
    if (!job) {
      best = paid;
      return;
    }
    const until = job.arrival + job.duration;
    const tried = new Set<string>();
    machines.forEach((machine, i) => {
      const key = `${machine.from}:${machine.until}`;
      if (machine.until > job.arrival || tried.has(key)) return;
      tried.add(key);
      const longer = { from: machine.from, until };
      branch(index + 1, machines.with(i, longer), paid + hours(longer) - hours(machine));
    });
    const fresh = { from: job.arrival, until };
    branch(index + 1, [...machines, fresh], paid + hours(fresh));
  };
  branch(0, [], 0);
  return best;
}
