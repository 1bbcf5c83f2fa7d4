import { jobRows } from './ledger-views.js';
import type { LedgerEntry } from './ledger.js';
import type { TracedJob } from './trace.js';

interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** What a trace is like, whoever runs its jobs. */
export interface TraceStatistics {
  readonly jobs: number;
  /** Second of the first and of the last arrival. */
  readonly arrivals: { readonly first: number; readonly last: number };
  readonly durationSeconds: Spread & { readonly sum: number };
  /** Jobs that would run at the same time if none waited. */
  readonly mostAtOnce: number;
  /** Jobs of each 24 hours since second 0. */
  readonly perDay: readonly number[];
  readonly perTag: Readonly<Record<string, number>>;
}

/** How far a workload's jobs have come. */
export interface Progress {
  readonly queued: number;
  readonly picked: number;
  readonly finished: number;
  /** Count of each status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** From queueing to pick-up, in seconds of the clock. */
  readonly waitSeconds: Spread;
}

export function traceStatistics(trace: readonly TracedJob[]): TraceStatistics {
  const durations = trace.map(({ duration }) => duration);
  const [first, last] = [trace[0]?.arrival ?? 0, trace.at(-1)?.arrival ?? 0];
  const perDay = Array.from({ length: trace.length === 0 ? 0 : dayOf(last) + 1 }, () => 0);
  for (const { arrival } of trace) perDay[dayOf(arrival)] = (perDay[dayOf(arrival)] ?? 0) + 1;
  return {
    jobs: trace.length,
    arrivals: { first, last },
    durationSeconds: { ...spreadOf(durations), sum: durations.reduce((sum, one) => sum + one, 0) },
    mostAtOnce: mostAtOnce(trace),
    perDay,
    perTag: countOf(trace.flatMap(({ tags }) => tags)),
  };
}

/** @param jobIds those of the workload */
export function progressOf(entries: readonly LedgerEntry[], jobIds: ReadonlySet<number>): Progress {
  const rows = jobRows(entries).filter(({ jobId }) => jobIds.has(jobId));
  const picked = rows.filter(({ pickedAt }) => pickedAt !== null);
  const waits = picked.map(
    ({ queuedAt, pickedAt }) => (Date.parse(pickedAt ?? '') - Date.parse(queuedAt)) / 1000,
  );
  return {
    queued: rows.length,
    picked: picked.length,
    finished: rows.filter(({ finishedAt }) => finishedAt !== null).length,
    statuses: countOf(rows.map(({ status }) => status)),
    waitSeconds: spreadOf(waits),
  };
}

const dayOf = (second: number): number => Math.floor(second / 86_400);

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

function mostAtOnce(trace: readonly TracedJob[]): number {
  const changes = trace.flatMap(({ arrival, duration }) => [
    [arrival, 1] as const,
    [arrival + duration, -1] as const,
  ]);
  // One that ends makes room for one that begins in the same second.
  changes.sort(([atA, a], [atB, b]) => atA - atB || a - b);
  let [running, most] = [0, 0];
  for (const [, change] of changes) most = Math.max(most, (running += change));
  return most;
}

function countOf(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
