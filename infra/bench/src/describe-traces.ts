import { readFileSync, writeFileSync } from 'node:fs';
import { traceCsv, traceStatistics, type TraceStatistics } from '@cleanroom/gitlab-simulator';
import type { loads } from './make-trace.js';

const README = 'README.md';
const HOUR = 3_600;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const shapes: Record<keyof typeof loads, string> = {
  'office-week': 'a team of 40 at one place: two humps around lunch, a thin evening, nobody at the weekend',
  'global-bursts':
    'teams around the world: at all hours, with bursts of 20 jobs and more, and a quiet weekend',
};

/** What the traces that ship here are like, in Markdown. */
export const describeTraces = (folder: URL): string =>
  [
    '# Traces',
    '',
    'A week of jobs each, made from a seed by `npm run bench -- --make-traces`, which writes this page too. Their form is',
    'told in [the README of the bench](../README.md). Durations are seconds; _at once_ is how many jobs would run at the',
    'same time if none waited.',
    '',
    ...Object.entries(shapes).flatMap(([name, shape]) => section(name, shape, statisticsOf(folder, name))),
  ].join('\n');

/** Writes it beside them. */
export const writeDescription = (folder: URL): void =>
  writeFileSync(new URL(README, folder), describeTraces(folder));

const statisticsOf = (folder: URL, name: string): TraceStatistics =>
  traceStatistics(traceCsv.parse(readFileSync(new URL(`${name}.csv`, folder), 'utf8')));

function section(name: string, shape: string, statistics: TraceStatistics): string[] {
  const { jobs, durationSeconds: duration, mostAtOnce, perTag, arrivals, perDay } = statistics;
  const tags = Object.entries(perTag).map(([tag, count]) => `${tag} ${count}`);
  const rows: [string, string | number][] = [
    ['jobs', jobs],
    ['first and last arrival', `${moment(arrivals.first)}, ${moment(arrivals.last)}`],
    ['jobs of each day', DAYS.map((day, index) => `${day} ${perDay[index] ?? 0}`).join(', ')],
    ['duration p50, p95, max', `${duration.p50}, ${duration.p95}, ${duration.max}`],
    ['hours of work', (duration.sum / HOUR).toFixed(1)],
    ['most at once', mostAtOnce],
    ['tags', tags.join(', ')],
  ];
  const table = ['| | |', '| --- | --- |', ...rows.map(([what, value]) => `| ${what} | ${value} |`)];
  return [`## ${name}`, '', `${shape}.`.replace(/^./, (first) => first.toUpperCase()), '', ...table, ''];
}

/** Such as `Mon 08:12`. */
function moment(second: number): string {
  const [hour, minute] = [Math.floor(second / HOUR) % 24, Math.floor((second % HOUR) / 60)];
  const [hh, mm] = [hour, minute].map((part) => String(part).padStart(2, '0'));
  return `${DAYS[Math.floor(second / (24 * HOUR))]} ${hh}:${mm}`;
}
