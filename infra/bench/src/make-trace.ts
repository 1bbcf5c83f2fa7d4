import { writeFileSync } from 'node:fs';
import { logNormal, seeded, type Random } from './random.js';

const DAY = 86_400;

/** One shape of load: pipelines an hour at each hour of the week, and how many jobs a pipeline has at most. */
interface Load {
  readonly seed: number;
  readonly pipelines: (hourOfWeek: number) => number;
  readonly jobs: (random: Random) => number;
}

const isWorkday = (hour: number): boolean => hour < 5 * 24;
/** Pipelines an hour from 08:00: two humps around a lunch break, and a thin evening. */
const office = [10, 22, 30, 28, 14, 20, 30, 28, 22, 10, 2];

/** The loads that traces can be made of. */
export const loads = {
  'office-week': {
    seed: 20260302,
    pipelines: (hour) => (isWorkday(hour) ? (office[(hour % 24) - 8] ?? 0) : 0),
    jobs: (random) => 1 + Math.floor(random() * 4),
  },
  'global-bursts': {
    seed: 20260309,
    pipelines: (hour) => (isWorkday(hour) ? 4 + 3 * Math.sin((hour * Math.PI) / 12) : 1),
    jobs: (random) => (random() < 0.08 ? 20 + Math.floor(random() * 20) : 1 + Math.floor(random() * 6)),
  },
} as const satisfies Record<string, Load>;

/**
 * A week of jobs as CSV. Pipelines arrive as a Poisson process of the hour's rate; their jobs arrive together within
 * five seconds; durations are log-normal with a median of 3 minutes and a 95th percentile of 15, at most an hour.
 */
export function makeTrace({ seed, pipelines, jobs }: Load): string {
  const random = seeded(seed);
  const rows: [number, number][] = [];
  for (let hour = 0; hour < 7 * 24; hour++) {
    const rate = Math.max(pipelines(hour), 0) / 3600;
    for (let at = hour * 3600 + gap(random, rate); at < (hour + 1) * 3600; at += gap(random, rate)) {
      for (let left = jobs(random); left > 0; left--) {
        const duration = Math.min(3600, Math.max(5, Math.round(logNormal(random, 180, 900))));
        rows.push([Math.min(7 * DAY, Math.round(at + random() * 5)), duration]);
      }
    }
  }
  rows.sort((a, b) => a[0] - b[0]);
  return ['arrival,duration,tags', ...rows.map((row) => `${row.join(',')},linux`), ''].join('\n');
}

const gap = (random: Random, rate: number): number => (rate > 0 ? -Math.log(1 - random()) / rate : Infinity);

/** Writes both traces that ship with the bench. */
export const writeTraces = (folder: URL): void =>
  Object.entries(loads).forEach(([name, load]) =>
    writeFileSync(new URL(`${name}.csv`, folder), makeTrace(load)),
  );
