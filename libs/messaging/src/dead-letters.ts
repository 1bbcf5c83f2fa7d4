import { createHash } from 'node:crypto';
import { acrossOrganizations, type Database } from '@cleanroom/persistence';
import type { BusMessage } from './event-bus.js';
import { headerNames } from './header-names.js';
import type { WorkerQueries } from './worker-queries.js';

/** Why a message was put aside. */
export type ParkReason = 'unknown-type' | 'unparsable' | 'mismatch' | 'failed' | 'killed-process';

/** A message that could not be handled, kept as it came. */
export interface DeadLetter extends BusMessage {
  readonly id: string;
  readonly eventId: string;
  readonly organizationId: string;
  readonly reason: ParkReason;
  /** The last error's text. */
  readonly detail: string;
  readonly parkedAt: Date;
  /** When somebody asked for another try that has not begun yet. */
  readonly replayAskedAt: Date | null;
  /** When the last try that was asked for failed. */
  readonly replayFailedAt: Date | null;
}

const columns = `id, organization_id AS "organizationId", topic, event_id AS "eventId", key, headers, payload, reason,
  detail, parked_at AS "parkedAt", replay_asked_at AS "replayAskedAt", replay_failed_at AS "replayFailedAt"`;

/** Longer texts of errors are cut. */
const DETAIL_CHARACTERS = 2_000;

/** Ids of ours are shorter by far; much longer ones do not go into an index. */
export const LONGEST_ID = 200;

/** The id of a message; one without a usable id is known by its content, so that it is parked once. */
export function eventIdOf({ headers, payload, key }: BusMessage): string {
  const id = headers[headerNames.id];
  if (id !== undefined && id.length <= LONGEST_ID) return id;
  const digest = createHash('sha256')
    .update(id ?? '')
    .update(key)
    .update(payload);
  return `none:${digest.digest('hex')}`;
}

/**
 * Puts a message aside, once, and settles it in the inbox, so that it does not come back by itself.
 *
 * @returns false where it was settled before, perhaps by another process that succeeded: then there is nothing to put aside
 */
export const park = (
  db: Database,
  message: BusMessage,
  reason: ParkReason,
  detail: string,
): Promise<boolean> =>
  acrossOrganizations(db, async (tx) => {
    const { topic, key, headers, payload } = message;
    const eventId = eventIdOf(message);
    const organizationId = headers[headerNames.organization] ?? '';
    const settled: unknown[] = await tx.query(
      `INSERT INTO inbox AS seen (topic, event_id, organization_id, outcome, settled_at)
       VALUES ($1, $2, $3, 'parked', now())
       ON CONFLICT (topic, event_id) DO UPDATE SET outcome = 'parked', settled_at = now() WHERE seen.outcome IS NULL
       RETURNING outcome`,
      [topic, eventId, organizationId],
    );
    if (settled.length === 0) return false;
    await tx.query(
      `INSERT INTO dead_letter (organization_id, topic, event_id, key, headers, payload, reason, detail)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (topic, event_id) DO NOTHING`,
      [
        organizationId,
        topic,
        eventId,
        key,
        JSON.stringify(headers),
        Buffer.from(payload),
        reason,
        detail.slice(0, DETAIL_CHARACTERS),
      ],
    );
    return true;
  });

/** The messages that were put aside, oldest first. */
export const listDeadLetters = (db: WorkerQueries, limit = 100): Promise<DeadLetter[]> =>
  db.worker.query(`SELECT ${columns} FROM dead_letter ORDER BY id LIMIT $1`, [limit]) as Promise<
    DeadLetter[]
  >;

/** One of them. */
export async function findDeadLetter(db: WorkerQueries, id: string): Promise<DeadLetter | undefined> {
  const found = await db.worker.query(`SELECT ${columns} FROM dead_letter WHERE id = $1`, [id]);
  const [letter] = found as DeadLetter[];
  return letter;
}
