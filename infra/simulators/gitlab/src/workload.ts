import { seededRandom } from '@cleanroom/simulator-journal';
import { z } from 'zod';
import { queueJob } from './jobs/job-life.js';
import { traceCsv } from './trace.js';
import type { TracedJob } from './trace.js';
import { addProject } from './seed.js';
import { progressOf, traceStatistics } from './workload-statistics.js';
import type { Progress, TraceStatistics } from './workload-statistics.js';
import type { World } from './world.js';

const seconds = z.number().positive();

/** Jobs that come by themselves, at random but repeatable. */
const randomSpec = z.strictObject({
  /** Jobs per hour of the clock, on average. */
  rate: z.number().positive(),
  /** How long a job's script sleeps: a number, or the bounds of one, in seconds of the clock. */
  durationSeconds: z.union([
    seconds.transform((fixed) => ({ min: fixed, max: fixed })),
    z.object({ min: seconds, max: seconds }),
  ]),
  tags: z.array(z.string()).default([]),
  /** Full paths, taken at random. */
  projects: z.array(z.string()).min(1),
  seed: z.number().int().default(1),
  /** How many jobs there will be. @default no end */
  count: z.number().int().positive().optional(),
});

/** Jobs as a trace has them, each at its second. */
const traceSpec = z.strictObject({
  /** See `traceCsv`. */
  trace: traceCsv,
  /** Full paths, one taken at random for every job that the trace gives none. */
  projects: z.array(z.string()).min(1),
  seed: z.number().int().default(1),
  /** Second of the trace that is now; what would have come before is left out. @default 0 */
  from: z.number().min(0).default(0),
});

export const workloadSpec = z.union([traceSpec, randomSpec]);

export type WorkloadSpec = z.output<typeof workloadSpec>;

/** A job that is to come, and when, in milliseconds of the clock since the workload began. */
interface Arrival {
  readonly afterMs: number;
  readonly path: string;
  readonly durationSeconds: number;
  readonly tags: readonly string[];
}

const HOUR_MS = 3_600_000;
/** The timer's longest wait; real time. */
const LONGEST_SLEEP_MS = 60_000;

/** Plays one workload at a time. */
export class Workload {
  private timer: NodeJS.Timeout | undefined;
  private current: WorkloadSpec | undefined;
  private beganAt = 0;
  private trace: readonly TracedJob[] | undefined;
  private jobIds = new Set<number>();

  constructor(private readonly world: World) {}

  start(spec: WorkloadSpec): void {
    this.stop();
    this.current = spec;
    this.trace = 'trace' in spec ? spec.trace.filter(({ arrival }) => arrival >= spec.from) : undefined;
    this.jobIds = new Set();
    this.beganAt = this.world.clock.now().getTime();
    const random = seededRandom(spec.seed);
    this.next('trace' in spec ? traced(spec, random) : randomly(spec, random), random);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.current = undefined;
  }

  running(): WorkloadSpec | undefined {
    return this.current;
  }

  /** Of the workload that runs, or ran last; without `trace` where its jobs came at random. */
  statistics(): { trace?: TraceStatistics; progress: Progress } {
    const progress = progressOf(this.world.ledger.entries(), this.jobIds);
    return { ...(this.trace ? { trace: traceStatistics(this.trace) } : {}), progress };
  }

  private next(arrivals: Iterator<Arrival, undefined>, random: () => number): void {
    const { value, done } = arrivals.next();
    if (done) return this.stop();
    this.await(value, () => {
      this.queue(value, random);
      this.next(arrivals, random);
    });
  }

  private await(arrival: Arrival, then: () => void): void {
    const { clock } = this.world;
    const left = Math.max(0, this.beganAt + arrival.afterMs - clock.now().getTime()) / clock.factor;
    const wake = left <= LONGEST_SLEEP_MS ? then : () => this.await(arrival, then);
    this.timer = setTimeout(wake, Math.min(left, LONGEST_SLEEP_MS));
  }

  private queue({ path, durationSeconds, tags }: Arrival, random: () => number): void {
    const project = addProject(this.world, { path });
    const name = ['build', 'test', 'lint'][Math.floor(random() * 3)] ?? 'build';
    const ref = project.defaultBranch;
    const script = [`sleep ${durationSeconds}`];
    const job = queueJob(this.world, project, { name, tags, ref, isGitTag: false, script });
    this.jobIds.add(job.id);
  }
}

/** Jobs that come independently of each other. */
function* randomly(spec: z.output<typeof randomSpec>, random: () => number): Iterator<Arrival, undefined> {
  const { rate, projects, durationSeconds, tags, count = Infinity } = spec;
  const { min, max } = durationSeconds;
  let afterMs = 0;
  for (let left = count; left > 0; left -= 1) {
    afterMs += (-Math.log(1 - random()) * HOUR_MS) / rate;
    const path = oneOf(projects, random);
    yield { afterMs, path, durationSeconds: Math.round(min + random() * (max - min)), tags };
  }
  return undefined;
}

function* traced(spec: z.output<typeof traceSpec>, random: () => number): Iterator<Arrival, undefined> {
  const { trace, projects, from } = spec;
  for (const { arrival, duration, tags, project } of trace) {
    const path = project ?? oneOf(projects, random);
    if (arrival >= from) yield { afterMs: (arrival - from) * 1000, path, durationSeconds: duration, tags };
  }
  return undefined;
}

const oneOf = (paths: readonly string[], random: () => number): string =>
  paths[Math.floor(random() * paths.length)] ?? '';
