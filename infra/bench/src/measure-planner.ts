import type { ScheduleRules } from '@cleanroom/scheduling/domain/schedule';
import type { Job } from './job.js';
import { measuredLatency } from './latency.js';
import { leastHours } from './least-hours.js';
import { HOUR, type Outcome } from './outcome.js';
import { peakOf, runAlwaysOn } from './run-always-on.js';
import { runCleanroom, type CleanroomPool } from './run-cleanroom.js';
import { runDockerMachine } from './run-docker-machine.js';
import { runFresh } from './run-fresh.js';
import { tableOf, type Measured } from './table.js';

/** A Monday, 00:00 in Berlin. */
const EPOCH = Date.parse('2026-03-01T23:00:00Z');
const SEED = 7;
/** About the 95th percentile of the waits for a fresh machine in this model. */
const PRE_WARM = 70_000;
/** The median of rebuild, boot and enrolment in this model, rounded down. */
const CLEANING = 40_000;
/** What `createRunnerPool` takes where nothing is said, in seconds. */
const IDLE_TIMEOUT = 300;
/** How many runners the office hours keep warm: the choice between money and waiting. */
const WARM = [1, 2, 4];

/** Monday to Friday from 08:00 to 18:00 in Berlin. */
const officeHours = (warm: number): ScheduleRules => ({
  timeZone: 'Europe/Berlin',
  windows: [
    {
      days: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
      start: 8 * 60,
      end: 18 * 60,
      warm,
    },
  ],
  holidays: [],
  overrides: [],
});

/** The second is what the first becomes for whoever cleans the machine after each job. */
function boundsOf(jobs: readonly Job[]): Measured['bounds'] {
  const least = leastHours(jobs);
  const cleaned = leastHours(jobs.map((job) => ({ ...job, duration: job.duration + CLEANING })));
  return [least, { ...cleaned, name: `${cleaned.name}, ${CLEANING / 1000} s of cleaning after each job` }];
}

/** Runs every strategy over a trace and prints what came of it as a table of Markdown. */
export function measurePlanner(name: string, jobs: readonly Job[]): string {
  const lastEnd = jobs.reduce((last, { arrival, duration }) => Math.max(last, arrival + duration), 0);
  const horizon = Math.max(7 * 24 * HOUR, Math.ceil(lastEnd / HOUR) * HOUR);
  const size = Math.ceil(peakOf(jobs) * 1.25);
  const usual = { size, idleTimeoutSeconds: IDLE_TIMEOUT, preWarm: PRE_WARM, epoch: EPOCH, horizon };
  const cleanroom = (pool: Pick<CleanroomPool, 'name' | 'freshMachine'> & Partial<CleanroomPool>): Outcome =>
    runCleanroom(jobs, measuredLatency(SEED), { ...usual, ...pool });
  const alwaysOn = runAlwaysOn(jobs, measuredLatency(SEED), horizon);
  const ours = (['EVERY_JOB', 'EVERY_START'] as const).flatMap((freshMachine) => [
    cleanroom({ name: `Cleanroom ${freshMachine}`, freshMachine }),
    cleanroom({
      name: `Cleanroom ${freshMachine}, unwanted at once`,
      freshMachine,
      idleTimeoutSeconds: 0,
    }),
    ...WARM.map((warm) =>
      cleanroom({
        name: `Cleanroom ${freshMachine}, office hours, ${warm} warm`,
        freshMachine,
        schedule: officeHours(warm),
      }),
    ),
  ]);
  const outcomes = [
    ...ours,
    runFresh(jobs, measuredLatency(SEED)),
    runDockerMachine(jobs, measuredLatency(SEED)),
    alwaysOn,
  ];
  const table = tableOf(outcomes, { jobs, horizon, epoch: EPOCH, bounds: boundsOf(jobs), alwaysOn });
  const facts = `${jobs.length} jobs, at most ${peakOf(jobs)} at once; pools of ${size} runners.`;
  return `## ${name}\n\n${facts}\n\n${table}\n`;
}
