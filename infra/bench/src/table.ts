import { costOfHours } from '@cleanroom/billing/domain/cost-of-hours';
import type { Price } from '@cleanroom/billing/domain/price';
import { startedHours } from '@cleanroom/billing/domain/started-hours';
import { ALWAYS } from '@cleanroom/billing/domain/window';
import type { Job } from './job.js';
import { paidHours, type MachineLife, type Outcome } from './outcome.js';

/** Net list prices of September 2026, in euro. */
const price = (hourlyMicros: bigint, monthlyCapMicros: bigint): Price => ({
  hourlyMicros,
  monthlyCapMicros,
  currency: 'EUR',
  validFrom: new Date(0),
});
const cx23 = price(8_800n, 5_490_000n);
const ipv4 = price(800n, 500_000n);

/** Hours below which nobody gets. */
export interface Bound {
  readonly name: string;
  readonly hours: number;
}

export interface Measured {
  readonly jobs: readonly Job[];
  /** Milliseconds of the trace for which kept addresses are paid. */
  readonly horizon: number;
  readonly epoch: number;
  /** Fewest started hours, the first of them the optimum to which all are compared. */
  readonly bounds: readonly [Bound, ...Bound[]];
  readonly alwaysOn: Outcome;
}

const costOf = (lives: readonly MachineLife[], of: Price, epoch: number): number =>
  lives.reduce((sum, { from, to }) => {
    const start = new Date(epoch + from);
    const count = startedHours(start, new Date(epoch + to));
    return sum + Number(costOfHours({ start, count }, of, ALWAYS)) / 1e6;
  }, 0);

/** Euro for machines and addresses. */
export function billOf({ machines, keptAddresses }: Outcome, { epoch, horizon }: Measured): number {
  const kept = Array.from({ length: keptAddresses ?? 0 }, () => ({ from: 0, to: horizon }));
  return costOf(machines, cx23, epoch) + costOf(keptAddresses === undefined ? machines : kept, ipv4, epoch);
}

/** The value below which `share` of the sorted numbers lie, by nearest rank. */
export const percentile = (numbers: readonly number[], share: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.max(0, Math.ceil(numbers.length * share) - 1)] ?? 0;

const HEAD = [
  'strategy',
  '€ / 1,000 jobs',
  'machines only',
  'wait p50 s',
  'p95 s',
  'p99 s',
  'machine starts',
  'idle paid min',
  '÷ optimum (hours)',
  '÷ always on (€)',
];

/** One line for each strategy, and the lower bounds as the last. */
export function tableOf(outcomes: readonly Outcome[], measured: Measured): string {
  const { jobs, bounds } = measured;
  const optimum = bounds[0].hours;
  const perThousand = (euro: number): string => ((euro / jobs.length) * 1000).toFixed(2);
  const work = jobs.reduce((sum, { duration }) => sum + duration, 0) / 60_000;
  const always = billOf(measured.alwaysOn, measured);
  const rows = outcomes.map((outcome) => {
    const [bill, hours] = [billOf(outcome, measured), paidHours(outcome.machines)];
    const waits = [0.5, 0.95, 0.99].map((share) => (percentile(outcome.waits, share) / 1000).toFixed(1));
    return [
      outcome.name,
      perThousand(bill),
      perThousand(costOf(outcome.machines, cx23, measured.epoch)),
      ...waits,
      String(outcome.machines.length),
      (hours * 60 - work).toFixed(0),
      (hours / optimum).toFixed(2),
      (bill / always).toFixed(2),
    ];
  });
  const floors = bounds.map(({ name, hours }) => {
    const euro = hours * 0.0088;
    const least = perThousand(euro);
    const ratios = [(hours / optimum).toFixed(2), (euro / always).toFixed(2)];
    return [name, least, least, '0.0', '0.0', '0.0', '–', (hours * 60 - work).toFixed(0), ...ratios];
  });
  return [HEAD, HEAD.map(() => '---'), ...rows, ...floors].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
