import { formatAmount, money } from '@cleanroom/kernel';
import { stringify } from 'csv-stringify/sync';
import type { StatementLine } from '../../domain/statement.js';
import type { Statement } from '../../ports.js';

/** One resource in one month, as both forms of the file name its fields. */
const rowOf = (line: StatementLine) => ({
  month: line.month,
  kind: line.kind === 'machine' ? 'machine' : 'static_ip',
  hetzner_id: line.providerId,
  runner: line.runnerId,
  pool: line.poolId,
  type: line.type,
  location: line.location,
  created_at: line.startedAt.toISOString(),
  /** Empty: it existed when the statement was closed. */
  deleted_at: line.endedAt?.toISOString() ?? '',
  end_estimated: line.estimated,
  hours: line.hours,
  net_per_hour: formatAmount(money(line.hourlyMicros, line.currency)),
  net_amount: formatAmount(money(line.micros, line.currency)),
  currency: line.currency,
});

const COLUMNS: (keyof ReturnType<typeof rowOf>)[] = [
  'month',
  'kind',
  'hetzner_id',
  'runner',
  'pool',
  'type',
  'location',
  'created_at',
  'deleted_at',
  'end_estimated',
  'hours',
  'net_per_hour',
  'net_amount',
  'currency',
];

/** A line for each machine and static IP. One of an earlier month corrects that month's closed statement, or tells an end. */
export const statementCsv = ({ lines }: Statement): string =>
  stringify(lines.map(rowOf), { header: true, columns: COLUMNS, cast: { boolean: String } });

/** The same lines, with the total. */
export function statementJson({ month, closedAt, currency, lines }: Statement): string {
  const total = lines.reduce((sum, { micros }) => sum + micros, 0n);
  return JSON.stringify({
    month,
    closed_at: closedAt.toISOString(),
    net_total: formatAmount(money(total, currency)),
    currency,
    lines: lines.map(rowOf).map((row) => ({ ...row, deleted_at: row.deleted_at || null })),
  });
}
