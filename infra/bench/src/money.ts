import { writeFileSync } from 'node:fs';
import { costOfHours, type Hours } from '@cleanroom/billing/domain/cost-of-hours';
import type { Price } from '@cleanroom/billing/domain/price';
import { startedHours } from '@cleanroom/billing/domain/started-hours';
import { ALWAYS } from '@cleanroom/billing/domain/window';
import { hourByHour } from './hour-by-hour.js';
import { seeded } from './random.js';

const RESULT = new URL('../results/money.md', import.meta.url);
const MACHINE_HOURS = 10_000_000;
const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
const BEGIN = Date.parse('2026-01-01T00:00:00Z');
const cx23: Price = {
  hourlyMicros: 8_800n,
  monthlyCapMicros: 5_490_000n,
  currency: 'EUR',
  validFrom: new Date(0),
};

/** Ten million started hours in lives of at most so many hours each, begun at any instant of a year. */
function lives(longest: number): { from: Date; to: Date }[] {
  const random = seeded(7);
  const made: { from: Date; to: Date }[] = [];
  for (let hours = 0; hours < MACHINE_HOURS;) {
    const from = new Date(BEGIN + Math.floor(random() * YEAR_MS));
    const to = new Date(from.getTime() + 1 + Math.floor(random() * longest * HOUR_MS));
    hours += startedHours(from, to);
    made.push({ from, to });
  }
  return made;
}

function timed(work: () => bigint): { sum: bigint; ms: number } {
  const begun = performance.now();
  const sum = work();
  return { sum, ms: performance.now() - begun };
}

function measure(name: string, longest: number): string {
  const meters = lives(longest);
  const sumOf = (cost: (hours: Hours) => bigint): bigint =>
    meters.reduce((sum, { from, to }) => sum + cost({ start: from, count: startedHours(from, to) }), 0n);
  const ours = timed(() => sumOf((hours) => costOfHours(hours, cx23, ALWAYS)));
  const slow = timed(() => sumOf((hours) => hourByHour(hours, cx23)));
  if (ours.sum !== slow.sum) throw new Error(`${name}: ${ours.sum} is not ${slow.sum}`);
  const cells = [name, meters.length.toLocaleString('en'), ours.ms.toFixed(0), slow.ms.toFixed(0)];
  return `| ${[...cells, (slow.ms / ours.ms).toFixed(1)].join(' | ')} |`;
}

const report = `# Price and meter arithmetic

Ten million started machine hours are counted from the instants at which their machines came and went, and priced with
the month's cap: by billing's own arithmetic, month by month, and hour by hour. Both give the same sum to the micro-unit, or
the bench fails. Made by \`npm run bench\`.

| lives | meters | ours ms | hour by hour ms | ratio |
| --- | --- | --- | --- | --- |
${measure('of up to 8 hours', 8)}
${measure('of up to 60 days', 60 * 24)}
`;
process.stdout.write(`${report}\n`);
writeFileSync(RESULT, report);
