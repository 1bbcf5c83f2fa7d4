import fc from 'fast-check';
import { exactOptimum } from './exact-optimum.js';
import { leastHours } from './least-hours.js';
import type { Job } from './job.js';
import { measuredLatency, type Latency } from './latency.js';
import { lowerBound } from './lower-bound.js';
import { HOUR, paidHours } from './outcome.js';
import { peakOf, runAlwaysOn } from './run-always-on.js';
import { runCleanroom, type CleanroomPool } from './run-cleanroom.js';
import { runDockerMachine } from './run-docker-machine.js';
import { runFresh } from './run-fresh.js';

const fixed: Latency = {
  order: () => 1_000,
  boot: () => 30_000,
  rebuild: () => 40_000,
  call: () => 0,
  remove: () => 2_000,
  pickUp: () => 0,
};
const job = (arrival: number, duration: number): Job => ({
  arrival: arrival * 1000,
  duration: duration * 1000,
  tags: [],
});
const epoch = Date.parse('2026-03-02T00:00:00Z');
const pool = (given: Partial<CleanroomPool> = {}): CleanroomPool => ({
  name: 'pool',
  size: 1,
  freshMachine: 'EVERY_JOB',
  idleTimeoutSeconds: 300,
  preWarm: 60_000,
  epoch,
  horizon: 24 * HOUR,
  ...given,
});

describe('Cleanroom in virtual time', () => {
  it('orders for a job, cleans after it and deletes three minutes before the hour ends', () => {
    const { waits, machines } = runCleanroom([job(0, 600)], fixed, pool());
    expect(waits).toEqual([31_000]);
    expect(machines).toEqual([{ from: 1_000, to: 3_423_000 }]);
  });

  it('lets a job wait for the cleaning with EVERY_JOB and not with EVERY_START', () => {
    const jobs = [job(0, 600), job(640, 60)];
    expect(runCleanroom(jobs, fixed, pool()).waits).toEqual([31_000, 31_000]);
    expect(runCleanroom(jobs, fixed, pool({ freshMachine: 'EVERY_START' })).waits).toEqual([31_000, 0]);
  });

  it('has the warm runners ready when the window opens, and deletes them after it', () => {
    const window = { days: ['MONDAY'] as const, start: 480, end: 540, warm: 1 };
    const schedule = { timeZone: 'UTC', windows: [window], holidays: [], overrides: [] };
    const { waits, machines } = runCleanroom([job(8 * 3600, 60)], fixed, pool({ schedule, size: 2 }));
    expect(waits).toEqual([0]);
    expect(machines[0]?.from).toBe(8 * HOUR - 59_000);
    expect(machines.every(({ to }) => to < 11 * HOUR)).toBe(true);
  });
});

describe('the other strategies', () => {
  it('pays an hour for each job where each gets a fresh machine', () => {
    const { waits, machines } = runFresh([job(0, 60), job(100, 60)], fixed);
    expect(waits).toEqual([31_000, 31_000]);
    expect(machines[1]).toEqual({ from: 101_000, to: 193_000 });
    expect(paidHours(machines)).toBe(2);
  });

  it('reuses a machine of docker-machine within 30 minutes and removes it then', () => {
    const { waits, machines } = runDockerMachine([job(0, 60), job(200, 60), job(4000, 60)], fixed);
    expect(waits).toEqual([31_000, 0, 31_000]);
    expect(machines.map(({ to }) => to / 1000)).toEqual([260 + 1800 + 2, 4091 + 1800 + 2]);
  });

  it('keeps as many machines as jobs ever run at once where they are always on', () => {
    const jobs = [job(0, 100), job(50, 100), job(150, 10)];
    expect(peakOf(jobs)).toBe(2);
    expect(paidHours(runAlwaysOn(jobs, fixed, 10 * HOUR).machines)).toBe(20);
  });
});

const traces = (maxLength: number) =>
  fc
    .array(
      fc.record({
        arrival: fc.integer({ min: 0, max: 20_000 }),
        duration: fc.integer({ min: 1, max: 9_000 }),
      }),
      { minLength: 1, maxLength },
    )
    .map((jobs) =>
      jobs.map(({ arrival, duration }) => job(arrival, duration)).sort((a, b) => a.arrival - b.arrival),
    );

/** Tries every assignment of jobs to machines. */
function bruteForce(jobs: readonly Job[]): number {
  const costs = Array.from({ length: jobs.length ** jobs.length }, (_, code) => {
    const groups = jobs.map((): Job[] => []);
    jobs.forEach((one, i) => groups[Math.floor(code / jobs.length ** i) % jobs.length]?.push(one));
    return groups.reduce((sum, group) => sum + spanHours(group), 0);
  });
  return Math.min(...costs);
}

function spanHours(group: readonly Job[]): number {
  const [first] = group;
  if (!first) return 0;
  let until = first.arrival;
  for (const { arrival, duration } of group) {
    if (arrival < until) return Infinity;
    until = arrival + duration;
  }
  return Math.ceil((until - first.arrival) / HOUR);
}

describe('the optimum and its bound', () => {
  it('puts jobs of one hour into one hour, and jobs at once into two', () => {
    expect(lowerBound([job(0, 60), job(3000, 600)])).toBe(1);
    expect(lowerBound([job(0, 60), job(3000, 601)])).toBe(2);
    expect(lowerBound([job(0, 60), job(30, 60)])).toBe(2);
    expect(lowerBound([job(0, 7201)])).toBe(3);
  });

  it('finds exactly what trying everything finds', () => {
    fc.assert(
      fc.property(traces(5), (jobs) => exactOptimum(jobs) === bruteForce(jobs)),
      { numRuns: 60 },
    );
  });

  it('is searched for in a small trace, and bounded from below in a larger one', () => {
    // Each overlaps the next: two machines, and their hours do not touch.
    const small = [job(0, 1900), job(1800, 1900), job(3600, 1900)];
    expect(leastHours(small)).toEqual({ name: 'optimum', hours: exactOptimum(small) });
    const large = Array.from({ length: 13 }, (_, i) => job(i * 100, 60));
    expect(leastHours(large)).toEqual({ name: 'lower bound', hours: 1 });
  });

  it('is never less than the bound', () => {
    fc.assert(
      fc.property(traces(8), (jobs) => lowerBound(jobs) <= exactOptimum(jobs)),
      { numRuns: 200 },
    );
  });

  it('is bounded below every strategy, for the patience that the strategy takes', () => {
    fc.assert(
      fc.property(traces(12), fc.nat(1000), (jobs, seed) => {
        const outcomes = [
          runCleanroom(jobs, measuredLatency(seed), pool({ size: 12 })),
          runCleanroom(jobs, measuredLatency(seed), pool({ size: 2, freshMachine: 'EVERY_START' })),
          runFresh(jobs, measuredLatency(seed)),
          runDockerMachine(jobs, measuredLatency(seed)),
          runAlwaysOn(jobs, measuredLatency(seed), 24 * HOUR),
        ];
        for (const { waits, machines } of outcomes) {
          expect(waits).toHaveLength(jobs.length);
          expect(lowerBound(jobs, Math.max(...waits))).toBeLessThanOrEqual(paidHours(machines));
        }
      }),
      { numRuns: 60 },
    );
  });
});
