import type { Lives } from './measure-lives.js';
import { totalOf } from './process-memory.js';
import { percentile } from './table.js';

export interface SystemFigures {
  /** How busy the machine was. */
  readonly load: string;
  /** Real milliseconds. */
  readonly readyAfter: number;
  /** Real milliseconds of each process, until it could do its work. */
  readonly startTimes: ReadonlyMap<string, number>;
  /** MiB of each process, at rest. */
  readonly memory: ReadonlyMap<string, number>;
  /** Real milliseconds each. */
  readonly firstCalls: readonly number[];
  readonly lives: Lives;
  readonly count: number;
}

const GOAL_MS = 500;

/** The figures of a whole installation in Markdown. */
export const systemReport = (figures: SystemFigures): string =>
  [
    '# A whole installation',
    '',
    'Five services, the gateway, PostgreSQL and both simulators, each in its own process, with the bus in PostgreSQL,',
    'all on one machine with whatever else ran there. Made by `npm run bench:system`.',
    figures.load,
    '',
    ...startAndMemory(figures),
    ...firstCall(figures),
    ...manyLives(figures),
    ...callsPerLife(figures),
  ].join('\n');

function startAndMemory({ readyAfter, startTimes, memory, lives }: SystemFigures): string[] {
  const row = ([name, used]: [string, number]): string =>
    `| ${name} | ${((startTimes.get(name) ?? 0) / 1000).toFixed(1)} | ${used.toFixed(0)} | ${(lives.peaks.get(name) ?? 0).toFixed(0)} |`;
  return [
    '## Start and memory',
    '',
    `Ready after ${(readyAfter / 1000).toFixed(1)} s: empty databases made and migrated, an organisation and its pool set up over the API.`,
    'Those of a kind start at the same time, so each of five services waits for the others, too: simulators, services, gateway.',
    'Memory is the proportional share (PSS) of each process and its descendants, in MiB.',
    '',
    '| process | ready after s | at rest | at most, with the lives below |',
    '| --- | --- | --- | --- |',
    ...[...memory].map(row),
    `| all | ${(readyAfter / 1000).toFixed(1)} | ${totalOf(memory).toFixed(0)} | ${lives.memoryPeak.toFixed(0)} |`,
    '',
  ];
}

function firstCall({ firstCalls }: SystemFigures): string[] {
  const at = (share: number): string => percentile(firstCalls, share).toFixed(0);
  const met = percentile(firstCalls, 0.99) <= GOAL_MS ? 'met' : 'missed';
  return [
    '## From webhook to order',
    '',
    'From the moment at which GitLab is told to queue a job that no awake runner can take to the arrival of `POST /servers` at',
    'Hetzner: webhook, its check, reading the job at GitLab, decision, event to provisioning, order. Real milliseconds with the',
    'clock at its natural speed, simulators that answer at once, one job after the other while earlier machines boot.',
    '',
    '| jobs | p50 ms | p95 ms | p99 ms | longest ms | goal: p99 at most 500 |',
    '| --- | --- | --- | --- | --- | --- |',
    `| ${firstCalls.length} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${at(1)} | ${met} |`,
    '',
  ];
}

function manyLives({ lives, count }: SystemFigures): string[] {
  return [
    `## ${count} lives at once`,
    '',
    `${count} jobs of a minute are queued in one moment for a sleeping pool of ${count}. The clock runs at its natural speed, and`,
    'calls, orders and boots take what they take at Hetzner: half of all machines boot within 30 s, one in twenty takes more than a',
    'minute. Once all jobs are done the pool is paused, so that no machine is kept for the rest of its paid hour. Seconds since the',
    'jobs were queued.',
    '',
    '| all jobs taken | all jobs done | all asleep again | jobs lost | machines | rebuilds | memory before MiB | at most MiB |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    `| ${[
      lives.picked.toFixed(1),
      lives.finished.toFixed(1),
      lives.asleep.toFixed(1),
      lives.jobsLost,
      lives.machines,
      lives.rebuilds,
      lives.memoryBefore.toFixed(0),
      lives.memoryPeak.toFixed(0),
    ].join(' | ')} |`,
    '',
  ];
}

function callsPerLife({ lives }: SystemFigures): string[] {
  const row = ([operation, count]: [string, number]): string =>
    `| \`${operation}\` | ${count} | ${(count / lives.machines).toFixed(2)} |`;
  return [
    '## Calls to Hetzner',
    '',
    `All that were carried out between queueing the jobs and the last machine's end, by their official names; ${lives.refusals} more`,
    'were refused.',
    '',
    '| call | times | per machine |',
    '| --- | --- | --- |',
    ...[...lives.calls].sort(([, a], [, b]) => b - a).map(row),
    '',
  ];
}
