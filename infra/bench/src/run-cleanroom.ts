import type { FreshMachine } from '@cleanroom/provisioning/domain/pool';
import type { ScheduleRules } from '@cleanroom/scheduling/domain/schedule';
import { Fleet } from './fleet.js';
import type { Job } from './job.js';
import type { Latency } from './latency.js';
import type { Outcome } from './outcome.js';

/** A pool of Cleanroom, as its customer sets it up. */
export interface CleanroomPool {
  readonly name: string;
  readonly size: number;
  readonly freshMachine: FreshMachine;
  readonly schedule?: ScheduleRules;
  /** How long a runner is idle before it is unwanted. */
  readonly idleTimeoutSeconds: number;
  /** How long before a window opens its runners are ordered, in milliseconds. */
  readonly preWarm: number;
  /** Unix milliseconds of the trace's beginning: its Monday, 00:00. */
  readonly epoch: number;
  /** When the schedule ends, in milliseconds of the trace. */
  readonly horizon: number;
}

/** Cleanroom's own rules over a trace, in virtual time. */
export function runCleanroom(jobs: readonly Job[], latency: Latency, pool: CleanroomPool): Outcome {
  const fleet = new Fleet(pool, latency);
  for (const job of jobs) fleet.agenda.plan(job.arrival, () => fleet.arrive(job));
  fleet.planWindows();
  while (fleet.agenda.step());
  return {
    name: pool.name,
    waits: fleet.waits,
    machines: fleet.machines,
    keptAddresses: pool.size,
  };
}
