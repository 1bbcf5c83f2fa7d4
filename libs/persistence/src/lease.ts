import type { EntityManager } from 'typeorm';
import { grant } from './grant.js';
import { workerSeesEveryOrganization } from './protect-by-organization.js';

/** The right to work on one row, until another takes it over; every save proves it by its epoch. */
export interface Lease {
  readonly id: string;
  readonly organizationId: string;
  /** Grows with each taking: whoever holds a lower one is stale. */
  readonly epoch: bigint;
  /** W3C trace context of what made the row due. */
  readonly traceParent?: string;
  /** How often the row had been made due when it was taken; tells whether that happened again since. */
  readonly wakes?: bigint;
  /** How many steps in a row had failed when it was taken. */
  readonly failures?: number;
}

/** Thrown when a save comes from a lease that another has taken over: its work is not saved. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  constructor(
    readonly table: string,
    readonly id: string,
  ) {
    super(`the lease of ${table} ${id} was taken over`);
  }
}

/**
 * Columns of every table of work. `due_at` is the product's clock, null means that there is nothing to do;
 * `lease_until` is the database's clock.
 */
export const leaseColumns = `due_at timestamptz, lease_owner text, lease_until timestamptz,
  lease_epoch bigint NOT NULL DEFAULT 0, lease_failures integer NOT NULL DEFAULT 0,
  lease_wakes bigint NOT NULL DEFAULT 0, trace_parent text`;

/** SQL for migrations, to run after {@link protectByOrganization}: the worker role may lease rows and put them off. */
export const grantLeasing = (table: string): string[] => [
  workerSeesEveryOrganization(table, 'UPDATE'),
  grant('UPDATE (due_at, lease_owner, lease_until, lease_epoch, lease_failures)', table, 'worker'),
  `CREATE INDEX ON ${table} (due_at) WHERE due_at IS NOT NULL`,
];

/** The channel on which a table of work says that a row became due. */
export const wakeChannelOf = (table: string): string => `due_${table}`;

/**
 * Ends a step inside its transaction: sets when the next one is due (null: when somebody makes it due) and lets go.
 * Where the row was made due while the step ran, the earlier of both times counts: no wake is lost.
 *
 * @throws LeaseLost when another has taken the row over; the transaction must roll back
 */
export async function finishLease(
  tx: EntityManager,
  table: string,
  lease: Lease,
  nextDueAt: Date | null,
): Promise<void> {
  const [, changed] = await tx.query(
    `UPDATE ${table} SET lease_owner = NULL, lease_until = NULL, lease_failures = 0,
       due_at = CASE WHEN lease_wakes > $4::bigint THEN LEAST(due_at, $3::timestamptz) ELSE $3::timestamptz END
     WHERE id = $1 AND lease_epoch = $2`,
    [lease.id, lease.epoch.toString(), nextDueAt, lease.wakes?.toString() ?? null],
  );
  if (changed === 0) throw new LeaseLost(table, lease.id);
}

/**
 * Makes a row due at `at` (product clock) in the caller's transaction, never later than it already is, and wakes its
 * worker once the transaction has committed. A row that does not exist is nobody's work: nothing happens.
 */
export async function makeDue(
  tx: EntityManager,
  table: string,
  id: string,
  at: Date,
  traceParent?: string,
): Promise<void> {
  await tx.query(
    `WITH due AS (
       UPDATE ${table} SET due_at = LEAST(due_at, $2::timestamptz), lease_wakes = lease_wakes + 1,
         trace_parent = COALESCE($3, trace_parent)
       WHERE id = $1 RETURNING id)
     SELECT pg_notify($4, id) FROM due`,
    [id, at, traceParent ?? null, wakeChannelOf(table)],
  );
}
