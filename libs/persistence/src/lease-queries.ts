import type { Database } from './database.js';
import type { Lease } from './lease.js';

export interface TakeOptions {
  readonly table: string;
  readonly owner: string;
  readonly leaseSeconds: number;
  /** The product's clock: rows due at or before it are taken. */
  readonly now: Date;
  readonly limit: number;
}

interface LeasedRow {
  readonly id: string;
  readonly organization_id: string;
  readonly lease_epoch: string;
  readonly lease_wakes: string;
  readonly lease_failures: number;
  readonly trace_parent: string | null;
}

/** Leases due rows that nobody holds, longest due first; rows that another transaction is taking are skipped. */
export async function takeLeases(db: Database, options: TakeOptions): Promise<Lease[]> {
  const { table, owner, leaseSeconds, now, limit } = options;
  const [rows] = (await db.worker.query(
    `WITH due AS MATERIALIZED (
       SELECT id FROM ${table} WHERE due_at <= $1 AND (lease_until IS NULL OR lease_until < now())
       ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
     UPDATE ${table} AS work
     SET lease_owner = $3, lease_until = now() + make_interval(secs => $4), lease_epoch = lease_epoch + 1
     FROM due WHERE work.id = due.id
     RETURNING work.id, organization_id, lease_epoch, lease_wakes, lease_failures, trace_parent`,
    [now, limit, owner, leaseSeconds],
  )) as [LeasedRow[], number];
  return rows.map(leaseOf);
}

/** Holds a row for so long again; a stale owner changes nothing, and neither does one that has just let go. */
export async function renewLease(
  db: Database,
  { table, leaseSeconds }: Pick<TakeOptions, 'table' | 'leaseSeconds'>,
  { id, epoch }: Lease,
): Promise<void> {
  await db.worker.query(
    `UPDATE ${table} SET lease_until = now() + make_interval(secs => $3)
     WHERE id = $1 AND lease_epoch = $2 AND lease_owner IS NOT NULL`,
    [id, epoch.toString(), leaseSeconds],
  );
}

/**
 * Lets go of a row whose step failed; a stale owner changes nothing. Where the row was made due while the step ran, it
 * is due at once: what is new may be what the step lacked.
 */
export async function putOffLease(db: Database, table: string, lease: Lease, dueAt: Date): Promise<void> {
  await db.worker.query(
    `UPDATE ${table} SET lease_owner = NULL, lease_until = NULL, lease_failures = lease_failures + 1,
       due_at = CASE WHEN lease_wakes > $4::bigint THEN LEAST(due_at, $3::timestamptz) ELSE $3::timestamptz END
     WHERE id = $1 AND lease_epoch = $2`,
    [lease.id, lease.epoch.toString(), dueAt, lease.wakes?.toString() ?? null],
  );
}

/** When the next row that nobody holds becomes due (product clock). */
export async function nextDueAt(db: Database, table: string): Promise<Date | undefined> {
  const [row] = (await db.worker.query(
    `SELECT min(due_at) AS next FROM ${table} WHERE lease_until IS NULL OR lease_until < now()`,
  )) as { next: Date | null }[];
  return row?.next ?? undefined;
}

const leaseOf = (row: LeasedRow): Lease => ({
  id: row.id,
  organizationId: row.organization_id,
  epoch: BigInt(row.lease_epoch),
  wakes: BigInt(row.lease_wakes),
  failures: row.lease_failures,
  ...(row.trace_parent && { traceParent: row.trace_parent }),
});
