import type { Database } from '@cleanroom/persistence';
import { deleteInPortions } from '../delete-in-portions.js';

/** How long a cursor stays good, in hours of real time. */
export const CHANGES_KEPT_HOURS = 24;

// In the order of its index: what a portion before this one deleted is not looked at again.
const pruneSql = `
  WITH old AS (
    DELETE FROM change_log WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM change_log WHERE logged_at < now() - make_interval(hours => $1) ORDER BY logged_at LIMIT $2))
    RETURNING organization_id, seq),
  last AS (SELECT organization_id, max(seq) AS seq FROM old GROUP BY organization_id),
  mark AS (
    UPDATE change_counter AS counter SET pruned_seq = GREATEST(pruned_seq, last.seq)
    FROM last WHERE counter.organization_id = last.organization_id)
  SELECT count(*)::int AS deleted FROM old`;

/**
 * Deletes changes older than 24 hours, a portion at a time, and marks in the same statement up to where; so a reader either
 * gets all that follows its cursor or is told that the cursor expired.
 */
export const pruneChanges = (db: Database, keptHours = CHANGES_KEPT_HOURS): Promise<void> =>
  deleteInPortions(async (atMost) => {
    const rows = (await db.worker.query(pruneSql, [keptHours, atMost])) as { deleted: number }[];
    return rows[0]?.deleted ?? 0;
  });
