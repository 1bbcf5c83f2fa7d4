import { inOrganization, type Database } from '@cleanroom/persistence';
import { EntityManager } from 'typeorm';
import { CursorExpired, encodeCursor } from './change-cursor.js';

/** A change with its place in the organisation's sequence. */
export interface LoggedChange {
  readonly sequence: bigint;
  readonly kind: string;
  readonly subjectId: string;
  readonly payload: unknown;
  readonly at: Date;
}

/** Some changes, and how far the log was read to find them: up to there nothing more of these kinds will come. */
export interface ChangePage {
  readonly changes: LoggedChange[];
  readonly readTo: bigint;
}

interface PageRow {
  readonly last_seq: string;
  readonly pruned_seq: string;
  readonly seq: string | null;
  readonly kind: string;
  readonly subject_id: string;
  readonly payload: unknown;
  readonly at: Date;
}

// One statement, so that counter, pruning mark and lines come from one snapshot.
const pageQuery = `
  SELECT last_seq, pruned_seq, line.* FROM change_counter AS counter
  LEFT JOIN LATERAL (
    SELECT seq, kind, subject_id, payload, at FROM change_log
    WHERE organization_id = counter.organization_id AND seq > $2 AND kind = ANY($3) ORDER BY seq LIMIT $4
  ) AS line ON true
  WHERE counter.organization_id = $1 ORDER BY seq`;

/**
 * Reads what follows a position.
 *
 * @param limit at least 1
 * @throws CursorExpired when what follows was pruned in part, or the position was never reached
 */
export async function readChangePage(
  db: Database,
  organizationId: string,
  after: bigint,
  kinds: readonly string[],
  limit: number,
): Promise<ChangePage> {
  const rows: PageRow[] = await inOrganization(db, organizationId, (tx) =>
    tx.query(pageQuery, [organizationId, after.toString(), kinds, limit]),
  );
  const last = BigInt(rows[0]?.last_seq ?? 0);
  if (after > last || after < BigInt(rows[0]?.pruned_seq ?? 0)) throw new CursorExpired();
  const changes = rows.flatMap((row) => (row.seq === null ? [] : [changeOf(row, row.seq)]));
  return { changes, readTo: changes.length < limit ? last : (changes.at(-1)?.sequence ?? last) };
}

/** As {@link readChangePage}, without how far was read. */
export const readChanges = async (
  db: Database,
  organizationId: string,
  after: bigint,
  kinds: readonly string[],
  limit: number,
): Promise<LoggedChange[]> => (await readChangePage(db, organizationId, after, kinds, limit)).changes;

/**
 * The cursor of now: read it before a list, and a subscription from it misses nothing that the list does not show.
 *
 * @param where a transaction of `inOrganization`, or the database
 */
export async function currentCursor(
  where: EntityManager | Database,
  organizationId: string,
): Promise<string> {
  if (!(where instanceof EntityManager)) {
    return encodeCursor(
      where.applicationName,
      await inOrganization(where, organizationId, (tx) => lastSequence(tx, organizationId)),
    );
  }
  return encodeCursor(serviceOf(where), await lastSequence(where, organizationId));
}

async function lastSequence(tx: EntityManager, organizationId: string): Promise<bigint> {
  const [row]: { last_seq: string }[] = await tx.query(
    'SELECT last_seq FROM change_counter WHERE organization_id = $1',
    [organizationId],
  );
  return BigInt(row?.last_seq ?? 0);
}

function serviceOf(tx: EntityManager): string {
  const { options } = tx.dataSource;
  return options.type === 'postgres' ? (options.applicationName ?? '') : '';
}

const changeOf = (row: PageRow, sequence: string): LoggedChange => ({
  sequence: BigInt(sequence),
  kind: row.kind,
  subjectId: row.subject_id,
  payload: row.payload,
  at: row.at,
});
