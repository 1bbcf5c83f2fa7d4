import type { EntityManager } from 'typeorm';
import type { BillingMonth } from '../../domain/billing-month.js';
import type { Stated, StatementLine } from '../../domain/statement.js';
import type { Statement } from '../../ports.js';

const LINE = `meter_id, month, kind, provider_id, runner_id, pool_id, type, location, started_at, ended_at, hours,
  hourly_micros, micros, currency, estimated`;

interface LineRow {
  meter_id: string;
  month: string;
  kind: StatementLine['kind'];
  provider_id: string;
  runner_id: string;
  pool_id: string;
  type: string;
  location: string;
  started_at: Date;
  ended_at: Date | null;
  hours: number;
  hourly_micros: string;
  micros: string;
  currency: string;
  estimated: boolean;
}

/** The months whose statements are closed, oldest first. */
export async function closedMonths(tx: EntityManager): Promise<BillingMonth[]> {
  const rows: { month: string }[] = await tx.query(`SELECT month FROM statement ORDER BY month`);
  return rows.map(({ month }) => month);
}

export async function oldestOutlived(tx: EntityManager): Promise<BillingMonth | undefined> {
  const [row]: { month: string | null }[] = await tx.query(
    `SELECT min(line.month) AS month FROM statement_line AS line JOIN meter ON meter.id = line.meter_id
     WHERE meter.ended_at < ((line.month || '-01')::date + interval '1 month') AT TIME ZONE 'UTC'
       AND NOT EXISTS (SELECT FROM statement_line AS told WHERE told.meter_id = line.meter_id AND told.ended_at IS NOT NULL)`,
  );
  return row?.month ?? undefined;
}

/** What statements have said of those months so far, corrections included. */
export async function statedOf(tx: EntityManager, months: readonly BillingMonth[]): Promise<Stated> {
  const rows: { meter_id: string; month: string; hours: string; micros: string; ended: boolean }[] =
    await tx.query(
      `SELECT meter_id, month, sum(hours) AS hours, sum(micros) AS micros, bool_or(ended_at IS NOT NULL) AS ended
       FROM statement_line WHERE month = ANY($1) GROUP BY meter_id, month`,
      [months],
    );
  const known = new Map(
    rows.map((row) => [
      `${row.meter_id} ${row.month}`,
      { hours: Number(row.hours), micros: BigInt(row.micros), ended: row.ended },
    ]),
  );
  return (meterId, month) => known.get(`${meterId} ${month}`) ?? { hours: 0, micros: 0n, ended: false };
}

/** Closes a month. There is one statement of a month: a second try changes nothing. */
export async function closeStatement(tx: EntityManager, statement: Statement): Promise<void> {
  const { month, closedAt, currency, lines } = statement;
  const total = lines.reduce((sum, { micros }) => sum + micros, 0n);
  const closed: unknown[] = await tx.query(
    `INSERT INTO statement (organization_id, month, closed_at, currency, total_micros)
     VALUES (cleanroom_organization(), $1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING month`,
    [month, closedAt, currency, total.toString()],
  );
  if (closed.length === 0) return;
  for (const line of lines) await insertLine(tx, month, line);
}

async function insertLine(tx: EntityManager, month: BillingMonth, line: StatementLine): Promise<void> {
  await tx.query(
    `INSERT INTO statement_line (organization_id, statement_month, ${LINE})
     VALUES (cleanroom_organization(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      ...[month, line.meterId, line.month, line.kind, line.providerId, line.runnerId, line.poolId, line.type],
      ...[line.location, line.startedAt, line.endedAt, line.hours, line.hourlyMicros.toString()],
      ...[line.micros.toString(), line.currency, line.estimated],
    ],
  );
}

export async function statementOf(tx: EntityManager, month: BillingMonth): Promise<Statement | undefined> {
  const [head]: { closed_at: Date; currency: string }[] = await tx.query(
    `SELECT closed_at, currency FROM statement WHERE month = $1`,
    [month],
  );
  if (!head) return undefined;
  const rows: LineRow[] = await tx.query(
    `SELECT ${LINE} FROM statement_line WHERE statement_month = $1 ORDER BY month, kind, started_at, meter_id`,
    [month],
  );
  return { month, closedAt: head.closed_at, currency: head.currency, lines: rows.map(lineFrom) };
}

const lineFrom = (row: LineRow): StatementLine => ({
  ...{ meterId: row.meter_id, month: row.month, kind: row.kind, providerId: row.provider_id },
  ...{ runnerId: row.runner_id, poolId: row.pool_id, type: row.type, location: row.location },
  ...{ startedAt: row.started_at, endedAt: row.ended_at, hours: row.hours, estimated: row.estimated },
  hourlyMicros: BigInt(row.hourly_micros),
  micros: BigInt(row.micros),
  currency: row.currency,
});
